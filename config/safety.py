"""When production refuses to start. Values in, sentences out: every sentence says what to set."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

SHORTEST_KEY = 50
FEWEST_CHARACTERS = 10
DEFAULT_PASSWORDS = {
    "postgres",
    "password",
    "passw0rd",
    "changeme",
    "chuancheng",
    "admin",
    "secret",
    "elastic",
    "123456",
    "root",
}
LOCAL = {"", "localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True)
class Place:
    """What the environment says."""

    secret_key: str
    allowed_hosts: tuple[str, ...]
    site_url: str
    debug_asked: bool
    database_url: str = ""
    search_url: str = ""
    search_api_key: str = ""
    search_ca_path: str = ""
    cache_url: str = ""
    email_url: str = ""


def refusals(place: Place) -> list[str]:
    """Everything that is unsafe; empty where the site may start."""
    return [
        *_key(place.secret_key),
        *_hosts(place),
        *_https(place),
        *_debug(place),
        *_passwords(place),
        *_search(place),
    ]


def _key(key: str) -> list[str]:
    if not key:
        return ["SECRET_KEY 没有设置。生成一个： python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"]
    if "never-in-production" in key or "insecure" in key:
        return ["SECRET_KEY 是开发用的，不能用于正式环境，请换成随机生成的。"]
    if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_CHARACTERS:
        return [f"SECRET_KEY 太弱：至少 {SHORTEST_KEY} 个随机字符。"]
    return []


def _hosts(place: Place) -> list[str]:
    if not place.allowed_hosts:
        return ["ALLOWED_HOSTS 没有设置。写上站点的域名，多个用逗号隔开。"]
    if any(host.strip() in {"*", "."} for host in place.allowed_hosts):
        return ["ALLOWED_HOSTS 不能是 *：请逐个写明域名。"]
    return []


def _https(place: Place) -> list[str]:
    parts = urlsplit(place.site_url)
    if parts.scheme != "https" or not parts.hostname:
        return ["SITE_URL 必须以 https:// 开头：登录信息不能明文传输。"]
    return []


def _debug(place: Place) -> list[str]:
    return ["DEBUG 不能在正式环境打开：出错页会泄露设置。请去掉这个变量。"] if place.debug_asked else []


def _passwords(place: Place) -> list[str]:
    told = []
    for name, url in (
        ("DATABASE_URL", place.database_url),
        *(("SEARCH_URL", node) for node in _nodes(place)[:1]),
        ("CACHE_URL", place.cache_url),
        ("EMAIL_URL", place.email_url),
    ):
        parts = _parts(url)
        if parts is not None and parts.password is not None and parts.password.lower() in DEFAULT_PASSWORDS:
            told.append(f"{name} 里是众所周知的密码，请换一个。")
    database = _parts(place.database_url)
    if (
        database is not None
        and database.scheme.startswith("postgres")
        and (database.hostname or "") not in LOCAL
        and not database.password
    ):
        told.append("DATABASE_URL 指向另一台机器却没有密码，请设置密码。")
    return told


def _search(place: Place) -> list[str]:
    """Nothing secret goes over the network in the clear, and the authority is there."""
    told = []
    nodes = [_parts(node) for node in _nodes(place)]
    if not all(node is not None and _is_address(node) for node in nodes):
        told.append("SEARCH_URL 写法不对：每个节点写成 https://用户:密码@主机:9200，密码里的特殊字符写成 %XX。")
    secret = bool(place.search_api_key) or any(node is not None and node.password for node in nodes)
    open_ways = [node for node in nodes if node is not None and node.scheme == "http"]
    if secret and any((node.hostname or "") not in LOCAL for node in open_ways):
        told.append("SEARCH_URL 用 http 把密码或 API 密钥明文传到另一台机器，请改用 https://。")
    if place.search_api_key and any(node is not None and node.password for node in nodes):
        told.append("SEARCH_API_KEY 与 SEARCH_URL 里的密码只能用一种，请去掉一个。")
    if place.search_ca_path and (open_ways or not Path(place.search_ca_path).is_file()):
        told.append("SEARCH_CA_PATH 必须是存在的 PEM 文件，且 SEARCH_URL 的每个节点都是 https://。")
    return told


def _nodes(place: Place) -> list[str]:
    return [node.strip() for node in place.search_url.split(",") if node.strip()]


def _parts(url: str) -> SplitResult | None:
    """The parts of an address; None where it is none. The reason is not told: it may hold a piece of the password."""
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError:
        return None
    return parts


def _is_address(node: SplitResult) -> bool:
    return bool(node.hostname) and (node.scheme == "https" or (node.scheme == "http" and node.port is not None))
