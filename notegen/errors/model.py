"""Errors about a model's folder and its query table, and of commands that need meaning where it is switched off."""

from collections.abc import Sequence

from notegen.errors import NotegenError
from notegen.errors.phrases import in_backticks

_SWITCH_MEANING_ON = "leave out `--no-semantic`, or set `semantic = true` under `[search]` in notegen.toml"


def embed_without_meaning() -> NotegenError:
    return NotegenError("embedding needs the model, and meaning is switched off", hint=_SWITCH_MEANING_ON)


def related_without_meaning() -> NotegenError:
    return NotegenError("related notes need the model, and meaning is switched off", hint=_SWITCH_MEANING_ON)


_MODEL_HINT = (
    "`encoder.folder` in notegen.toml names a folder with `model.onnx` and `tokenizer.json`, or a model that "
    "`notegen model add` has added"
)


def no_model_folder(path: str) -> NotegenError:
    return NotegenError(f"there is no model folder `{path}`", hint=_MODEL_HINT)


def model_file_missing(path: str, name: str) -> NotegenError:
    return NotegenError(f"the model folder `{path}` holds no `{name}`", hint=_MODEL_HINT)


def model_file_unreadable(path: str, reason: str) -> NotegenError:
    return NotegenError(
        f"the model's file `{path}` cannot be used: {reason}", hint="export the model again, or copy it again"
    )


def model_file_no_object(path: str) -> NotegenError:
    return model_file_unreadable(path, "it should hold an object, `{…}`")


def model_file_no_steps(path: str) -> NotegenError:
    return model_file_unreadable(path, "it should hold a list of steps, each with its `type`")


def model_altered(path: str) -> NotegenError:
    return NotegenError(
        f"`{path}` is not the file that the manifest beside it names",
        hint="install notegen again; the file may be damaged or only partly there",
    )


def model_step_unknown(path: str, step: str) -> NotegenError:
    return NotegenError(
        f"the model asks for `{step}` in `{path}`, which notegen cannot do",
        hint="pooling can be mean, cls, last or max; export the model with other steps inside its graph",
    )


def model_not_onnx(path: str, reason: str) -> NotegenError:
    return NotegenError(f"the model `{path}` will not run: {reason}", hint="export it to ONNX again")


def model_input_unknown(path: str, name: str, kind: str, known: Sequence[str]) -> NotegenError:
    return NotegenError(
        f"the model `{path}` wants the input `{name}`, {kind}, which notegen cannot give",
        hint=f"it should take no more than {in_backticks(known)}, all whole numbers",
    )


def model_output_unclear(path: str, names: Sequence[str]) -> NotegenError:
    return NotegenError(
        f"none of the outputs of the model `{path}`, {in_backticks(names)}, is surely a text's vector",
        hint="name the pooled vector `sentence_embedding`, or the vectors of its tokens `token_embeddings`",
    )


def model_vocabulary_too_small(path: str, tokens: int) -> NotegenError:
    return NotegenError(
        f"the model `{path}` does not know all {tokens} tokens of the tokenizer beside it",
        hint="take `tokenizer.json` and `model.onnx` from the same model",
    )


def model_without_pieces(path: str) -> NotegenError:
    return NotegenError(
        f"the tokenizer in `{path}` has no words that a query table could be made from",
        hint="take `tokenizer.json` from the model that was exported",
    )


def model_name_invalid(name: str) -> NotegenError:
    return NotegenError(
        f"a model cannot be called `{name}`",
        hint="`--name` takes a name without slashes that begins with neither a dot nor `~`",
    )


def cannot_install_model(path: str, reason: str) -> NotegenError:
    return NotegenError(
        f"the model cannot be put at `{path}`: {reason}",
        hint="what was there before still is; `NOTEGEN_MODELS` names another folder",
    )


def model_dimensions_differ(path: str, declared: int, found: int) -> NotegenError:
    return NotegenError(
        f"the model `{path}` gives vectors of {found} numbers, and the files beside it say {declared}",
        hint="take all files from the same model",
    )


def model_not_finite(path: str) -> NotegenError:
    return NotegenError(
        f"the model `{path}` gives vectors that are no direction (not a number, or only zeros)",
        hint="models in float16 often do this on a processor; export it in float32",
    )


def table_unreadable(path: str, reason: str) -> NotegenError:
    return NotegenError(f"the query table `{path}` cannot be used: {reason}", hint="install notegen again")


def table_of_other_format(path: str, known: int) -> NotegenError:
    return table_unreadable(path, f"it is in a format other than {known}")


def table_of_other_shape(path: str, found: str, wanted: str) -> NotegenError:
    return table_unreadable(path, f"it holds {found}, not {wanted}")


def table_foreign(path: str) -> NotegenError:
    return NotegenError(
        f"the query table `{path}` was trained for another model than the one beside it",
        hint="remove the `table.*` files, or put back the model they came with",
    )


def full_without_meaning() -> NotegenError:
    return NotegenError(
        "`--full` asks the model, and meaning is switched off", hint="leave out `--no-semantic`"
    )
