"""The daily task: groups that follow dated roles and memberships, and sign-in counts that are over."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from people.roles.permissions import role_permissions_write
from people.roles.services import groups_sync
from people.sign_in.services import guards_prune


class Command(BaseCommand):
    """Run once a day, soon after midnight; running it again does no harm."""

    help = "按今天的角色与成员关系更新用户组，并清理过期的登录锁定。"

    def handle(self, *args: Any, **options: Any) -> None:
        role_permissions_write()
        changed = groups_sync()
        pruned = guards_prune()
        self.stdout.write(f"groups changed for {changed} people; {pruned} sign-in counts removed")
