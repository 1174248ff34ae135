"""Errors of `notegen embed`, by itself, in parts, and on a cluster."""

from notegen.errors import NotegenError


def no_such_shard(text: str) -> NotegenError:
    return NotegenError(
        f"`--shard {text}` names no part",
        hint="write which part of how many, counted from 1: `--shard 2/3` is the second of three",
    )


_KEPT = "what came back before is kept: run the same command again to go on"


def cluster_unreachable(address: str, reason: str) -> NotegenError:
    return NotegenError(
        f"no cluster answers at `{address}`: {reason.strip() or 'no reason is given'}",
        hint="`dask scheduler` starts one, and prints its address",
    )


def cluster_lost(address: str) -> NotegenError:
    return NotegenError(f"the cluster at `{address}` is gone", hint=_KEPT)


def cluster_failed(reason: str) -> NotegenError:
    return NotegenError(
        f"the cluster cannot do the work: {reason}",
        hint=f"its scheduler and workers need the same `notegen[cluster]` as here; {_KEPT}",
    )


def batch_ends_workers(text: str) -> NotegenError:
    return NotegenError(
        f"the passages from `{text}` on ended every worker that they were given to",
        hint=f"give the workers more memory; {_KEPT}",
    )


def no_fitting_worker(count: int, refusal: str) -> NotegenError:
    workers = "the only worker" if count == 1 else f"none of the {count:,} workers"
    return NotegenError(
        f"{workers} of the cluster {'cannot' if count == 1 else 'can'} do the work: {refusal}", hint=_KEPT
    )


def any_processor_without_cluster() -> NotegenError:
    return NotegenError(
        "`--any-processor` is about the workers of a cluster, and none is named",
        hint="add `--cluster tcp://HOST:PORT`, or leave it out",
    )
