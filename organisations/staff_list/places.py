"""The departments that there are, and where those went that were merged, renamed or moved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from organisations.names import join_path, path_key, split_path


@dataclass(frozen=True)
class Places:
    paths: Mapping[str, str]
    """Path by path key."""
    merged: Mapping[str, str] = field(default_factory=dict)
    """Of departments that were merged: the path of what they were merged into, by path key."""
    earlier: Mapping[str, str] = field(default_factory=dict)
    """Of departments that were called otherwise or lay elsewhere: today's path, by the path key of then."""
    in_file: frozenset[str] = frozenset()
    """Path keys that the file names, those above them included."""

    def for_file(self, paths: Iterable[str]) -> "Places":
        """A file that names a department as it was and as it is called today means two: the first is a new one."""
        named = {path_key(above) for path in set(paths) for above in _with_above(path)}
        return replace(self, in_file=frozenset(named))

    def path(self, path: str) -> str:
        """As we write it: a department that was merged is what it was merged into, and so is what was below it."""
        while step := self._step(path):
            path = step[2]
        return self.paths.get(path_key(path), path)

    def renamed(self, paths: Iterable[str]) -> dict[str, str]:
        """What is called otherwise here than in the file: today's path by that of the file, sorted."""
        renamed: dict[str, str] = {}
        for path in set(paths):
            here = path
            while step := self._step(here):
                was, now, here = step
                renamed[was] = now
        return dict(sorted(renamed.items()))

    def _step(self, path: str) -> tuple[str, str, str] | None:
        """What was renamed, what it is called now, and what the path becomes; None when it holds today."""
        names = split_path(path)
        for depth in range(len(names), 0, -1):
            was = join_path(names[:depth])
            key = path_key(was)
            if key in self.paths:
                return None
            now = self.merged.get(key, self._today(key))
            if now is not None:
                return was, now, join_path((*split_path(now), *names[depth:]))
        return None

    def _today(self, key: str) -> str | None:
        now = self.earlier.get(key)
        return None if now is None or path_key(now) in self.in_file else now

    def new(self, paths: Iterable[str]) -> list[str]:
        """What has to be made for these paths, those above them included, sorted."""
        missing: dict[str, str] = {}
        for path in dict.fromkeys(paths):
            for here in _with_above(path):
                if path_key(here) not in self.paths:
                    missing.setdefault(path_key(here), here)
        return [missing[key] for key in sorted(missing)]


def _with_above(path: str) -> list[str]:
    names = split_path(path)
    return [join_path(names[:depth]) for depth in range(1, len(names) + 1)]
