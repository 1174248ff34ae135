"""The links of Mermaid's nodes; what they are is in the golden cases `text-diagrams`."""

from time import process_time

import pytest

from notegen.markdown.diagram import linked_nodes


@pytest.mark.parametrize(
    "piece",
    ["A[", "A@{label:", "class a,", "class a internal-link\n", "a-", 'A["', "A[x]:::internal-link ", "%%"],
)
def test_hostile_diagrams_take_linear_time(piece: str) -> None:
    """Each piece twenty thousand times over in well under the seconds that a quadratic rule would take."""
    start = process_time()
    linked_nodes(f"class internal-link\n{piece * 20_000}\nclass A internal-link")
    assert process_time() - start < 2
