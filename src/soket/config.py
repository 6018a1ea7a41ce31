"""The one typed reader of the environment; nothing else reads `os.environ`.

Each setting has a default that is safe for a first start on one machine. A wrong value stops the
start with a sentence that names the variable, the value and what is expected.
"""
from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parents[2]


class ConfigError(Exception):
    """A setting in the environment cannot be used; the message says which and why."""


@dataclass(frozen=True)
class Config:
    """All that the environment may set. Paths are absolute; durations are seconds."""

    data: Path
    public: Path
    database_url: str
    secret_key: str
    debug: bool
    allowed_hosts: tuple[str, ...]
    base_url: str
    demo: bool
    log_level: str
    secure_cookies: bool
    log_origin: str
    live_url: str
    live_publish: str
    live_kind: str
    janus: dict[str, str]
    video_hosts: tuple[str, ...]
    proxies: tuple[str, ...]


def _flag(name: str, default: bool) -> bool:
    text = os.environ.get(name, "").strip().lower()
    if text in {"", "0", "1", "true", "false", "yes", "no"}:
        return default if text == "" else text in {"1", "true", "yes"}
    raise ConfigError(f"{name}={text!r}: expected 1 or 0")


def _live_kind() -> str:
    kind = os.environ.get("SOKET_LIVE_KIND", "hub")
    if kind not in {"hub", "nchan"}:
        raise ConfigError(f"SOKET_LIVE_KIND={kind!r}: expected hub or nchan")
    return kind


def _janus() -> dict[str, str]:
    """Our own video server: the WebSocket browsers reach, the admin door, the file of its secrets, the folder of sound files."""
    found = {name: os.environ.get(f"SOKET_JANUS_{name.upper()}", "").strip() for name in ("api", "admin", "secrets", "recordings")}
    if found["api"] and urlsplit(found["api"]).scheme not in {"ws", "wss"}:
        raise ConfigError(f"SOKET_JANUS_API={found['api']!r}: expected ws://HOST:PORT or wss://HOST")
    return {name: value for name, value in found.items() if value}


def _secret(data: Path) -> str:
    given = os.environ.get("SOKET_SECRET_KEY", "")
    if given:
        if len(given) < 32:
            raise ConfigError("SOKET_SECRET_KEY: at least 32 characters")
        return given
    path = data / "keys" / "secret"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_text(secrets.token_urlsafe(48), encoding="ascii")
        path.chmod(0o600)
    return path.read_text(encoding="ascii").strip()


def load() -> Config:
    """Read the environment once. Raises ConfigError with the variable's name."""
    data = Path(os.environ.get("SOKET_DATA") or ROOT / "data").resolve()
    data.mkdir(parents=True, exist_ok=True)
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{data / 'soket.sqlite3'}"
    if urlsplit(url).scheme not in {"sqlite", "postgres", "postgresql"}:
        raise ConfigError(f"DATABASE_URL={url!r}: expected sqlite:///FILE or postgresql://USER@HOST/NAME")
    base = _base()
    return Config(
        data=data,
        public=Path(os.environ.get("SOKET_PUBLIC") or data / "public").resolve(),
        database_url=url,
        secret_key=_secret(data),
        debug=_flag("SOKET_DEBUG", False),
        allowed_hosts=_hosts(),
        base_url=base,
        demo=_flag("SOKET_DEMO", False),
        log_level=_level(),
        secure_cookies=_flag("SOKET_SECURE_COOKIES", base.startswith("https://")),
        log_origin=_log_origin(),
        live_url=os.environ.get("SOKET_LIVE_URL", "").rstrip("/"),
        live_publish=os.environ.get("SOKET_LIVE_PUBLISH", "").rstrip("/"),
        live_kind=_live_kind(),
        janus=_janus(),
        video_hosts=tuple(host.strip() for host in os.environ.get("SOKET_VIDEO_HOSTS", "").split(",") if host.strip()),
        proxies=_proxies(),
    )


@dataclass(frozen=True)
class PublicConfig:
    """All that the environment may set for the public process. It asks for no database, no secret and no private folder."""

    public: Path
    allowed_hosts: tuple[str, ...]
    base_url: str
    demo: bool
    log_level: str
    log_origin: str
    cache: bool
    proxies: tuple[str, ...]


def load_public() -> PublicConfig:
    """Read the environment of the public process once. Raises ConfigError with the variable's name."""
    return PublicConfig(
        public=Path(os.environ.get("SOKET_PUBLIC") or Path(os.environ.get("SOKET_DATA") or ROOT / "data") / "public").resolve(),
        allowed_hosts=_hosts(), base_url=_base(), demo=_flag("SOKET_DEMO", False), log_level=_level(), log_origin=_log_origin(),
        cache=_flag("SOKET_PUBLIC_CACHE", True), proxies=_proxies(),
    )  # fmt: skip


def _level() -> str:
    level = os.environ.get("SOKET_LOG_LEVEL", "INFO").upper()
    if level not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise ConfigError(f"SOKET_LOG_LEVEL={level!r}: expected DEBUG, INFO, WARNING or ERROR")
    return level


def _base() -> str:
    return os.environ.get("SOKET_BASE_URL", "http://127.0.0.1:8000").rstrip("/")


def _hosts() -> tuple[str, ...]:
    hosts = os.environ.get("SOKET_HOSTS", "127.0.0.1,localhost,[::1]")
    return tuple(host.strip() for host in hosts.split(",") if host.strip())


def _proxies() -> tuple[str, ...]:
    """Addresses or networks of the proxies in front of us, whose word on a reader's address counts."""
    names = tuple(name.strip() for name in os.environ.get("SOKET_PROXIES", "").split(",") if name.strip())
    for name in names:
        try:
            ip_network(name, strict=False)
        except ValueError:
            raise ConfigError(f"SOKET_PROXIES={name!r}: expected addresses or networks, such as 10.0.0.5 or 10.0.0.0/24") from None
    return names


def _log_origin() -> str:
    return os.environ.get("SOKET_LOG_ORIGIN", "soket.local/log")


def database(url: str) -> dict[str, object]:
    """Django's settings for one database URL: SQLite (WAL, FULL) or PostgreSQL."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]) if parts.path.startswith("//") else unquote(parts.path),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                    "PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456"
                ),
            },
        }
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(query.get("port", parts.port or "")),
        "CONN_MAX_AGE": 60,
    }


def logging_of(level: str) -> dict[str, object]:
    """The LOGGING of every process: lines of JSON from `level` on, to standard error."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "soket.kernel.logs.JsonFormatter"}},
        "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json"}, "none": {"class": "logging.NullHandler"}},
        "root": {"handlers": ["out"], "level": level},
        # Whoever sends a foreign Host gets 400; a trace for each would let a stranger fill the log.
        "loggers": {"django.security.DisallowedHost": {"handlers": ["none"], "propagate": False}},
    }
