"""Who may grant which role, and whose sign-in one may hand out. Plain values; no Django here.

A reach is the tree path of the unit that a role was granted for, or None for the whole site.
"""

from __future__ import annotations

from collections.abc import Iterable

Held = Iterable[tuple[str, str | None]]

ALL_ROLES = frozenset(
    {"trainee", "master", "studio_head", "editor", "hr", "unit_union", "company_union", "auditor", "administrator"}
)
# These act on the whole site or not at all: they carry rights in the page tree, which knows no units.
SITE_ROLES = frozenset({"editor", "company_union", "auditor", "administrator"})
MAY_GRANT = {
    "administrator": ALL_ROLES,
    "hr": frozenset({"trainee", "master", "studio_head", "hr", "unit_union"}),
}


def reaches(reach: str | None, path: str | None) -> bool:
    """Whether a role granted for `reach` acts on the unit at `path` (None: the whole site)."""
    return reach is None or (path is not None and path.startswith(reach))


def may_grant(held: Held, role: str, path: str | None) -> bool:
    """Whether the holder of roles may grant a role for the unit at `path`, or take it away."""
    return any(role in MAY_GRANT.get(mine, ()) and reaches(reach, path) for mine, reach in held)


def may_manage(held: Held, paths: Iterable[str]) -> bool:
    """Whether the holder may write the row of a person whose postings are at `paths` (none: whole site only)."""
    acting = [reach for role, reach in held if role in MAY_GRANT]
    places = list(paths)
    if not places:
        return None in acting
    return any(reaches(reach, path) for reach in acting for path in places)


def may_hand_out_sign_in(held: Held, paths: Iterable[str], theirs: Held) -> bool:
    """Whether the holder may print a code for a person, or shut his account.

    Whoever sets a password can act as that person, so it takes the right to grant every role that he holds: an HR
    officer of one workshop cannot become the administrator who is posted there.
    """
    mine = list(held)
    return may_manage(mine, paths) and all(may_grant(mine, role, reach) for role, reach in theirs)
