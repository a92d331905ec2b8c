"""Elasticsearch with users and TLS, and as a cluster: these tests start servers of their own, once in a whole run.

python scripts/test.py --search elasticsearch -- tests/search/cluster
"""

from __future__ import annotations

from config import env

collect_ignore_glob = [] if env.TEST_SEARCH == "elasticsearch" else ["test_*.py"]
