"""Writes of publishing."""

from kb.publishing.services.drafts import page_duplicate, reviewers_tell, submit, withdraw
from kb.publishing.services.notices import notice_read, notice_send
from kb.publishing.services.releases import Approval, release_make, releasing
from kb.publishing.services.review import approve, send_back

__all__ = [
    "Approval",
    "approve",
    "notice_read",
    "notice_send",
    "page_duplicate",
    "release_make",
    "releasing",
    "reviewers_tell",
    "send_back",
    "submit",
    "withdraw",
]
