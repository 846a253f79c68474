"""The server: where it is, signing in, running our queries, and saying in one line what went wrong."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlsplit

import neo4j
from neo4j import exceptions

from graphkit.errors import (
    GraphkitError,
    StoreError,
    StoreInUse,
    StoreMissing,
    StoreRefused,
    StoreUnreachable,
    StoreVersion,
)
from graphkit.store import checked_address
from graphkit.store.base import SCHEMA_VERSION
from graphkit.store.queries import query

Row = list[Any]
Run = Callable[[str, dict[str, Any]], list[Row]]
Answer = TypeVar("Answer")

TRANSACTION_SECONDS = 45
"""A transaction of ours that takes longer is ended by the server: before its writer could be taken for dead."""

RETRY_SECONDS = 20
"""For so long the driver tries a transaction again when the server asks for it, or is away.

It waits 1.3 times as long from try to try, so that the last one is over some six seconds after that.
"""

_ROUNDS = 20
_UNREACHABLE = (exceptions.ServiceUnavailable, exceptions.SessionExpired)

# The driver tells of every retry on standard error unless someone listens.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


@dataclass(frozen=True)
class Server:
    """Where the server is and as whom we sign in."""

    address: str
    database: str | None
    user: str | None
    password: str | None = field(repr=False)


def server(where: str, user: str | None, password: str | None) -> Server:
    """Take `neo4j://host:7687/database` apart. Raises RequestError.

    >>> server("bolt://localhost:7687/cases", "ann", "x").database
    'cases'
    """
    parts = urlsplit(checked_address(where))
    address = f"{parts.scheme}://{parts.netloc}" + (f"?{parts.query}" if parts.query else "")
    return Server(address, parts.path.strip("/") or None, user, password)


@dataclass(frozen=True)
class State:
    """What a reader looks at: the tags of the published files, the loads that brought them, and whether there are
    no others, so that a reader need not look at each node and link for the file it is from."""

    version: int | None
    files: list[str]
    loads: list[str]
    settled: bool


class Connection:
    """A signed-in connection. Threads may share it: every call has a session of its own."""

    def __init__(self, driver: neo4j.Driver, database: str | None) -> None:
        self._driver = driver
        self._database = database

    def session(self, write: bool = False) -> neo4j.Session:
        """A session that sees what the others of this connection have written."""
        return self._driver.session(
            database=self._database,
            default_access_mode=neo4j.WRITE_ACCESS if write else neo4j.READ_ACCESS,
            bookmark_manager=self._driver.execute_query_bookmark_manager,
            fetch_size=-1,
            initial_retry_delay=0.1,  # sessions side by side may meet at a link: the other one is done in a moment
            retry_delay_multiplier=1.3,
        )

    def read(self, name: str, **parameters: Any) -> list[Row]:
        """The rows of a query that only reads."""
        with self.session() as session:
            return session.execute_read(_run, name, parameters)

    def write(self, name: str, guard: Callable[[Run], None] | None = None, **parameters: Any) -> list[Row]:
        """The rows of a query that writes, in one transaction, tried again where the server asks for that.

        The guard may ask first, in the same transaction, and raise.
        """

        @neo4j.unit_of_work(timeout=TRANSACTION_SECONDS)
        def work(transaction: neo4j.ManagedTransaction) -> list[Row]:
            if guard:
                guard(lambda other, asked: _run(transaction, other, asked))
            return _run(transaction, name, parameters)

        with self.session(write=True) as session:
            return session.execute_write(work)

    def once(self, name: str, **parameters: Any) -> None:
        """Run a query in a transaction of its own, not tried again: a schema command, or what can be left undone."""
        with self.session(write=True) as session:
            session.run(neo4j.Query(_text(name), timeout=TRANSACTION_SECONDS), parameters).consume()

    def state(self) -> State:
        """What is published; refuses a casebook that a newer graphkit wrote."""
        state = State(*self.read("state")[0])
        if state.version is not None and state.version > SCHEMA_VERSION:
            raise StoreVersion(
                "The casebook on this server was written by a newer graphkit: install that one.",
                "该服务器上的案卷由更新版本的 graphkit 写成：请升级 graphkit。",
            )
        return state


def _run(transaction: neo4j.ManagedTransaction, name: str, parameters: dict[str, Any]) -> list[Row]:
    return transaction.run(_text(name), parameters).values()


def _text(name: str) -> str:
    return query(f"store.{name}").text


@contextmanager
def connected(server: Server) -> Iterator[Connection]:
    """A connection, closed at the end; what goes wrong is told as one of our errors."""
    try:
        auth = (server.user, server.password or "") if server.user else None
        with neo4j.GraphDatabase.driver(
            server.address,
            auth=auth,
            connection_timeout=10,
            max_transaction_retry_time=RETRY_SECONDS,
            notifications_min_severity=neo4j.NotificationMinimumSeverity.OFF,
            telemetry_disabled=True,
        ) as driver:
            driver.verify_connectivity()
            yield Connection(driver, server.database)
    except (exceptions.Neo4jError, exceptions.DriverError) as error:
        raise told(server, error) from error


def read_steadily(server: Server, ask: Callable[[Connection, State], Answer]) -> Answer:
    """What `ask` reads of the published files; read again where a publication came between its queries."""
    with connected(server) as connection:
        before = there(server, connection.state())
        for _ in range(_ROUNDS):
            answer = ask(connection, before)
            after = connection.state()
            if after == before:
                return answer
            before = after
    raise StoreInUse(
        f"The casebook at {server.address} changes faster than it can be read: try again later.",
        f"{server.address} 上的案卷变动过快，无法读取：请稍后再试。",
    )


def there(server: Server, state: State) -> State:
    """The state of a casebook that a first load has made. Raises StoreMissing."""
    if state.version is None:
        raise StoreMissing(
            f"There is no casebook at {server.address}: load something into it first.",
            f"{server.address} 上没有案卷：请先载入数据。",
        )
    return state


def told(server: Server, error: exceptions.Neo4jError | exceptions.DriverError) -> GraphkitError:
    """One of our errors for one of the driver's."""
    where, code = server.address, getattr(error, "code", None) or ""
    if isinstance(error, exceptions.Forbidden):
        return StoreRefused(
            f"The user {server.user} may not do this at {where}: ask for the right.",
            f"用户 {server.user} 无权在 {where} 上执行此操作：请申请权限。",
        )
    if isinstance(error, exceptions.AuthError) or code.startswith("Neo.ClientError.Security"):
        return _refused(server, code)
    if isinstance(error, _UNREACHABLE) or code.endswith("DatabaseUnavailable"):
        return StoreUnreachable(
            f"No Neo4j server answers at {where}: is it started, and is the address right?",
            f"{where} 上没有 Neo4j 服务器应答：请确认服务器已启动且地址无误。",
        )
    said = first_line(error)
    return StoreError(f"The Neo4j server at {where} says: {said}", f"Neo4j 服务器 {where} 报告：{said}")


def first_line(error: exceptions.Neo4jError | exceptions.DriverError) -> str:
    """What the server or the driver says, in one line."""
    text = (getattr(error, "message", None) or str(error)).strip()
    return text.splitlines()[0] if text else type(error).__name__


def _refused(server: Server, code: str) -> StoreRefused:
    if code.endswith("CredentialsExpired"):
        return StoreRefused(
            f"The password of {server.user} at {server.address} must be changed before it can be used.",
            f"{server.address} 上用户 {server.user} 的密码须先修改才能使用。",
        )
    if code.endswith("AuthenticationRateLimit"):
        return StoreRefused(
            f"{server.address} refuses {server.user} for a while after too many wrong passwords: wait and try again.",
            f"密码错误次数过多，{server.address} 暂时拒绝用户 {server.user}：请稍后再试。",
        )
    if not server.user:
        return StoreRefused(
            f"{server.address} wants a user and password: set GRAPHKIT_USER and GRAPHKIT_PASSWORD.",
            f"{server.address} 需要用户名和密码：请设置 GRAPHKIT_USER 和 GRAPHKIT_PASSWORD。",
        )
    return StoreRefused(
        f"{server.address} refuses the user {server.user}: user or password are wrong.",
        f"{server.address} 拒绝用户 {server.user}：用户名或密码错误。",
    )
