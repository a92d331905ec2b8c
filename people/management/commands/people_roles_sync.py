"""The daily task: groups that follow dated roles and memberships, leavers, and what is over."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from people.directory.services import leavers_deactivate
from people.imports.services import drafts_prune
from people.roles.permissions import role_permissions_write
from people.roles.services import groups_sync
from people.sign_in.services import guards_prune
from people.tokens.services import counts_prune


class Command(BaseCommand):
    """Run once a day, soon after midnight; running it again does no harm."""

    help = "按今天的角色与成员关系更新用户组，停用已离职人员的账号，并清理过期的登录锁定和导入草稿。"

    def handle(self, *args: Any, **options: Any) -> None:
        role_permissions_write()
        left = leavers_deactivate()
        changed = groups_sync()
        pruned = guards_prune()
        drafts_prune()
        counts_prune()
        self.stdout.write(f"groups changed for {changed} people; {left} leavers shut; {pruned} sign-in counts removed")
