"""Embedding on a Dask cluster: the only importer of `distributed`, which comes with the extra `notegen[cluster]`.

    passages --batches--> coordinator.py --jobs--> worker.py on each machine --vectors--> the cache

Nothing of it is needed to build: what comes back lies in the cache, as if it had been made here.
"""

from notegen.cluster.coordinator import Cluster, open_cluster

__all__ = ["Cluster", "open_cluster"]
