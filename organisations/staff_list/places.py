"""The departments that there are, and where those went that were merged."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from organisations.names import join_path, path_key, split_path


@dataclass(frozen=True)
class Places:
    paths: Mapping[str, str]
    """Path by path key."""
    merged: Mapping[str, str] = field(default_factory=dict)
    """Of departments that were merged: the path of what they were merged into, by path key."""

    def path(self, path: str) -> str:
        """As we write it: a department that was merged is what it was merged into, and so is what was below it."""
        names = split_path(path)
        for depth in range(len(names), 0, -1):
            above = path_key(join_path(names[:depth]))
            if above in self.paths:
                break
            if above in self.merged:
                path = join_path((*split_path(self.merged[above]), *names[depth:]))
                break
        return self.paths.get(path_key(path), path)

    def new(self, paths: Iterable[str]) -> list[str]:
        """What has to be made for these paths, those above them included, sorted."""
        missing: dict[str, str] = {}
        for path in dict.fromkeys(paths):
            names = split_path(path)
            for depth in range(1, len(names) + 1):
                here = join_path(names[:depth])
                if path_key(here) not in self.paths:
                    missing.setdefault(path_key(here), here)
        return [missing[key] for key in sorted(missing)]
