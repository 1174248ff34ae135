"""Gives batches to the workers of a Dask cluster and takes their vectors back.

Only a few batches a worker are under way: one for each of its threads, and one that waits. So memory does not grow with
the number of notes, neither here nor in the scheduler. Which worker has which batch is Dask's affair, and so is a
worker that is lost: its batches go to others.
"""

import logging
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import Any

from msgspec import Struct

from notegen import __version__
from notegen.cluster.worker import Done, Failure, Identity, Job, Refusal, do, identity_of
from notegen.errors.cluster import (
    batch_ends_workers,
    cluster_failed,
    cluster_lost,
    cluster_unreachable,
    no_fitting_worker,
)
from notegen.errors.packages import no_distributed
from notegen.model import Encoder
from notegen.reports import (
    waiting_for_workers,
    worker_with_other_model,
    worker_with_other_numbers,
    worker_without_encoder,
    worker_without_notegen,
)
from notegen.semantic.workload import Workload

CONNECT_SECONDS = 10.0
"""After which a scheduler counts as not there."""
LOOK_SECONDS = 1.0
"""How often at least it is seen which workers came and went."""
MAX_ENDINGS = 3
"""How often a batch is given out again after Dask gave it up, each time because it was on four workers that ended."""


class _Sent(Struct, frozen=True):
    """A batch that is under way."""

    texts: tuple[str, ...]
    workers: frozenset[str] = frozenset()
    """The workers that it may go to."""
    endings: int = 0


@contextmanager
def open_cluster(address: str) -> Iterator["Cluster"]:
    """The cluster whose scheduler is at the address, `tcp://HOST:PORT`; closed afterwards, with all that it does.

    Raises:
        NotegenError: `distributed` is not installed, or nothing answers there.
    """
    distributed = _load_distributed()
    _silence()
    try:
        with warnings.catch_warnings():
            # Of versions that differ: what matters of these is asked of each worker.
            warnings.simplefilter("ignore")
            # A client for an address of no known kind would never be done with ending itself.
            distributed.comm.registry.get_backend(distributed.comm.parse_address(address)[0])
            client = distributed.Client(address, timeout=CONNECT_SECONDS)
    except (OSError, ValueError, TypeError, ImportError, RuntimeError) as error:
        raise cluster_unreachable(address, str(error)) from error
    with client:
        yield Cluster(distributed, client, address)


class Cluster:
    """A scheduler and its workers, which come and go."""

    def __init__(self, distributed: Any, client: Any, address: str) -> None:
        self._distributed = distributed
        self._client = client
        self._address = address
        self._pending: dict[Any, _Sent] = {}
        self._again: list[_Sent] = []
        self._greeted: set[str] = set()
        self._refused: dict[str, str] = {}
        self.workers: set[str] = set()
        """The workers that have done some of the work."""

    def embed(
        self,
        work: Workload,
        encoder: Encoder,
        *,
        folder: str,
        any_processor: bool = False,
        on_note: Callable[[str], None] = lambda text: None,
    ) -> None:
        """Have the work done.

        Args:
            encoder: like which the workers' must be; here it encodes nothing but a few texts to compare.
            folder: of its model; empty for the bundled one.
            any_processor: also take workers whose processor or libraries round in another way.
            on_note: told of workers that are refused, and that there are none.

        Raises:
            NotegenError: no worker has this encoder, the cluster is lost, or a batch fails on it; or the cache cannot
                be used. What came back before is kept.
        """
        if said := _answer(partial(self._client.run_on_scheduler, _greeting())):
            raise cluster_failed(said)
        identity = identity_of(encoder, any_processor=any_processor)
        batches = work.batches()
        is_waiting = False
        while True:
            workers = self._fitting_workers(on_note)
            is_all = self._send(batches, workers, identity, folder)
            if is_all and not self._pending:
                return
            if not workers and not is_waiting:
                on_note(waiting_for_workers(self._address))
            is_waiting = not workers
            for future in self._finished():
                self._take(future, work, identity, on_note)

    def _fitting_workers(self, on_note: Callable[[str], None]) -> dict[str, int]:
        """The workers that are there now, have answered, and were not refused, each with its number of threads.

        Raises:
            NotegenError: there are only such as were refused, or the scheduler is gone.
        """
        found = self._threads()
        for name in found.keys() - self._greeted:
            if said := _answer(partial(self._greet_worker, name)):
                self._refuse(name, worker_without_notegen(name, said), on_note)
            self._greeted.add(name)
        fitting = {name: threads for name, threads in found.items() if name not in self._refused}
        if found and not fitting:
            raise no_fitting_worker(len(found), next(self._refused[name] for name in found))
        return fitting

    def _threads(self) -> dict[str, int]:
        """The workers that are there now, each with its number of threads, as the scheduler itself says.

        The client's own list is not asked: where the scheduler is gone it stays as it was last told, without workers.

        Raises:
            NotegenError: the scheduler is gone.
        """
        if self._client.status != "running":
            raise cluster_lost(self._address)
        try:
            return dict(self._client.nthreads())
        except (OSError, TimeoutError) as error:
            raise cluster_lost(self._address) from error

    def _send(
        self, batches: Iterator[tuple[str, ...]], workers: dict[str, int], identity: Identity, folder: str
    ) -> bool:
        """Give out batches while there is room; whether nothing is left to give out."""
        only = frozenset(workers)
        room = sum(threads + 1 for threads in workers.values()) - len(self._pending)
        if not workers and not self._pending and not self._again:
            # Whether to wait for workers at all.
            self._again += [_Sent(texts) for texts in islice(batches, 1)]
            return not self._again
        for _ in range(room):
            if self._again:
                sent = self._again.pop()
            elif (texts := next(batches, None)) is not None:
                sent = _Sent(texts)
            else:
                return True
            job = Job(sent.texts, identity, folder)
            future = self._client.submit(_do, job, pure=False, workers=list(only))
            self._pending[future] = _Sent(sent.texts, only, sent.endings)
        return False

    def _finished(self) -> list[Any]:
        """The batches that came back, within LOOK_SECONDS."""
        if not self._pending:
            time.sleep(LOOK_SECONDS)
            return []
        try:
            self._distributed.wait(list(self._pending), timeout=LOOK_SECONDS, return_when="FIRST_COMPLETED")
        except TimeoutError:
            self._take_back()
        except CancelledError as error:
            raise cluster_lost(self._address) from error
        return [future for future in self._pending if future.done()]

    def _take_back(self) -> None:
        """Take batches back that wait for workers all of which are gone, since no others may have them."""
        there = self._threads().keys()
        for future, sent in list(self._pending.items()):
            if not sent.workers & there and not future.done():
                future.cancel()
                self._again.append(self._pending.pop(future))

    def _take(self, future: Any, work: Workload, wanted: Identity, on_note: Callable[[str], None]) -> None:
        """Keep what came back, or see that it is done again."""
        try:
            worker, result = future.result(timeout=LOOK_SECONDS)
        except TimeoutError:
            return  # it was on a worker that is lost, and is made again
        except self._distributed.KilledWorker as error:
            sent = self._pending.pop(future)
            if sent.endings == MAX_ENDINGS:
                raise batch_ends_workers(sent.texts[0].partition("\n")[0]) from error
            self._again.append(_Sent(sent.texts, endings=sent.endings + 1))
            return
        except CancelledError as error:
            raise cluster_lost(self._address) from error
        except Exception as error:  # whatever a worker may raise that has, say, another notegen or none
            raise cluster_failed(str(error) or repr(error)) from error
        sent = self._pending.pop(future)
        match result:
            case Done(vectors, tokens):
                work.keep(sent.texts, vectors, tokens)
                self.workers.add(worker)
            case Failure(reason):
                raise cluster_failed(reason)
            case Refusal():
                self._again.append(sent)
                self._refuse(worker, _why_refused(worker, result, wanted), on_note)

    def _greet_worker(self, name: str) -> str:
        return str(self._client.run(_greeting(), workers=[name])[name])

    def _refuse(self, worker: str, why: str, on_note: Callable[[str], None]) -> None:
        """Give a worker nothing more, and say so once."""
        if worker not in self._refused:
            self._refused[worker] = why
            on_note(why)


def _greeting() -> Callable[[], str]:
    """What a process is asked before it is given anything of notegen: one that has none would end from it.

    A function within another one is sent with all that it does, not by its name.
    """
    wanted = __version__

    def greet() -> str:
        """What is wrong here with notegen; empty when nothing is."""
        try:
            import notegen.cluster

            return "" if notegen.__version__ == wanted else f"notegen {notegen.__version__}"
        except Exception as error:
            return str(error) or repr(error)

    return greet


def _answer(ask: Callable[[], str]) -> str:
    """What is wrong with a process that is asked; one that does not answer is gone, which shows by itself."""
    try:
        return ask()
    except (OSError, TimeoutError, KeyError, CancelledError):
        return ""


def _why_refused(worker: str, refusal: Refusal, wanted: Identity) -> str:
    if refusal.found is None:
        return worker_without_encoder(worker, refusal.reason)
    if refusal.found.model != wanted.model:
        return worker_with_other_model(worker, refusal.found.model, wanted.model)
    return worker_with_other_numbers(worker)


def _do(job: Job) -> tuple[str, Done | Refusal | Failure]:
    """In a worker: who it is, and what it made."""
    return _load_distributed().get_worker().address, do(job)


def _load_distributed() -> Any:
    """The library.

    Raises:
        NotegenError: it is not installed.
    """
    try:
        import distributed
    except ImportError as error:
        raise no_distributed() from error
    return distributed


def _silence() -> None:
    """Keep the library's own log out of the terminal: what matters of it becomes a message of ours."""
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
