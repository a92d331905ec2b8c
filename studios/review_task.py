"""Which kind of task a studio's review is: the package that publishes brings its own."""

from __future__ import annotations

from wagtail.models import GroupApprovalTask

_model: type[GroupApprovalTask] = GroupApprovalTask


def register(model: type[GroupApprovalTask]) -> None:
    """Studios made from now on are reviewed by tasks of this model."""
    global _model  # noqa: PLW0603 - one setting of the process, written once at start
    _model = model


def task_model() -> type[GroupApprovalTask]:
    """The model of review tasks: Wagtail's own where nobody registered another."""
    return _model
