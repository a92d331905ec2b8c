"""What the bare Elasticsearch lacks for its own index of API keys, as a plugin of two small classes.

That index has an analyzer for the mail addresses of users, made of a tokenizer and two filters from a module that the
bare distribution does not carry. Ours cut by the standard and pass tokens through: nobody searches for users here.
A JRE has no compiler, so the classes are put together by hand (JVM specification, chapter 4).
"""

from __future__ import annotations

import json
import os
import shutil
import struct
import zipfile
from pathlib import Path

NAME = "chuancheng-keys"
_API = "org/elasticsearch/plugin/analysis/"
_STREAM = "org/apache/lucene/analysis/TokenStream"
_TOKENIZER = "org/apache/lucene/analysis/Tokenizer"
_STANDARD = "org/apache/lucene/analysis/standard/StandardTokenizer"
_COMPONENTS = {
    "TokenFilterFactory": {"pattern_capture": "chuancheng.Through", "unique": "chuancheng.Through"},
    "TokenizerFactory": {"uax_url_email": "chuancheng.Standard"},
}
_JAVA_17 = 61
_PUBLIC, _SUPER = 0x0001, 0x0020


def home_with_keys(home: Path, release: str) -> Path:
    """A copy of an unpacked release that has the plugin, made now where it is not there yet."""
    target = home.with_name(f"{home.name}-keys")
    if target.exists():
        return target
    fresh = home.with_name(f".{target.name}-{os.getpid()}")
    shutil.copytree(home, fresh)
    install(fresh / "plugins", release)
    try:
        fresh.rename(target)
    except OSError:
        shutil.rmtree(fresh)  # somebody else made it in the meantime
    return target


def install(plugins: Path, release: str) -> None:
    """Writes the plugin into a directory of plugins of that release."""
    home = plugins / NAME
    home.mkdir(parents=True)
    (home / "stable-plugin-descriptor.properties").write_text(
        f"name={NAME}\ndescription=analysis of the index of keys\nversion=1\n"
        f"elasticsearch.version={release}\njava.version=17\n"
    )
    named = {f"{_API}{interface}".replace("/", "."): classes for interface, classes in _COMPONENTS.items()}
    (home / "named_components.json").write_text(json.dumps(named))
    with zipfile.ZipFile(home / f"{NAME}.jar", "w") as jar:
        jar.writestr("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\n\r\n")
        jar.writestr("chuancheng/Through.class", through())
        jar.writestr("chuancheng/Standard.class", standard())


def through() -> bytes:
    """`class Through implements TokenFilterFactory { public TokenStream create(TokenStream s) { return s; } }`."""
    pool = _Pool()
    return pool.file("chuancheng/Through", "TokenFilterFactory", f"(L{_STREAM};)L{_STREAM};", b"\x2b\xb0")


def standard() -> bytes:
    """`class Standard implements TokenizerFactory { public Tokenizer create() { return new StandardTokenizer(); } }`."""
    pool = _Pool()
    made = pool.type(_STANDARD)
    begun = pool.method(made, "<init>", "()V")
    code = struct.pack(">BHBBHB", 0xBB, made, 0x59, 0xB7, begun, 0xB0)
    return pool.file("chuancheng/Standard", "TokenizerFactory", f"()L{_TOKENIZER};", code)


class _Pool:
    """A class file around its constant pool, which has every entry once, numbered from one."""

    def __init__(self) -> None:
        self._entries: dict[bytes, int] = {}

    def _add(self, entry: bytes) -> int:
        return self._entries.setdefault(entry, len(self._entries) + 1)

    def text(self, value: str) -> int:
        """A string's number."""
        return self._add(b"\x01" + struct.pack(">H", len(value)) + value.encode("ascii"))

    def type(self, name: str) -> int:
        """A class's number."""
        return self._add(b"\x07" + struct.pack(">H", self.text(name)))

    def method(self, owner: int, name: str, descriptor: str) -> int:
        """A method's number."""
        told = self._add(b"\x0c" + struct.pack(">HH", self.text(name), self.text(descriptor)))
        return self._add(b"\x0a" + struct.pack(">HH", owner, told))

    def file(self, name: str, interface: str, descriptor: str, code: bytes) -> bytes:
        """A public class with a constructor and `create`, of that descriptor and code."""
        parent = self.type("java/lang/Object")
        own = b"\x2a\xb7" + struct.pack(">H", self.method(parent, "<init>", "()V")) + b"\xb1"
        methods = self._method("<init>", "()V", own) + self._method("create", descriptor, code)
        body = struct.pack(
            ">HHHHHHH", _PUBLIC | _SUPER, self.type(name), parent, 1, self.type(_API + interface), 0, 2
        )  # fmt: skip
        pool = struct.pack(">H", len(self._entries) + 1) + b"".join(self._entries)
        return struct.pack(">IHH", 0xCAFEBABE, 0, _JAVA_17) + pool + body + methods + struct.pack(">H", 0)

    def _method(self, name: str, descriptor: str, code: bytes) -> bytes:
        told = struct.pack(">HHI", 2, 2, len(code)) + code + struct.pack(">HH", 0, 0)
        head = struct.pack(">HHHH", _PUBLIC, self.text(name), self.text(descriptor), 1)
        return head + struct.pack(">HI", self.text("Code"), len(told)) + told
