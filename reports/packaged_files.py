"""Files for the browser that come from Python packages: named one by one, so that nothing else is served."""

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

# package -> {file in the package: its name among the static files}
FILES = {
    "xstatic.pkg.bootstrap": {
        "data/css/bootstrap.min.css": "bootstrap/bootstrap.min.css",
        "data/css/bootstrap.min.css.map": "bootstrap/bootstrap.min.css.map",
    },
    # Passkeys, where they are switched on.
    "allauth.mfa": {
        "static/mfa/js/webauthn-json.js": "mfa/js/webauthn-json.js",
        "static/mfa/js/webauthn.js": "mfa/js/webauthn.js",
    },
    "allauth.account": {"static/account/js/onload.js": "account/js/onload.js"},
    "plotly": {"package_data/plotly.min.js": "plotly/plotly.min.js"},
}


def _folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise LookupError(f"The package {package} is not installed; run: make setup")
    return Path(next(iter(spec.submodule_search_locations)))


class OneFileStorage(FileSystemStorage):
    """Lets collectstatic copy a file of a package under another name."""

    prefix = ""

    def __init__(self, source: Path, name: str) -> None:
        super().__init__(location=str(source.parent))
        self._source, self._name = source, name

    def path(self, name: str) -> str:
        return str(self._source)


class PackagedFilesFinder(BaseFinder):
    """A staticfiles finder for the files in FILES."""

    def __init__(self, app_names: Iterable[str] | None = None) -> None:
        # find_spec of a package's parent imports that parent only, never plotly itself.
        self._sources = {
            name: _folder(package) / file for package, files in FILES.items() for file, name in files.items()
        }

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 -- Django's
        source = self._sources.get(path.replace("\\", "/"))
        if source is None:
            return []
        return [str(source)] if find_all else str(source)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        for name, source in self._sources.items():
            yield name, OneFileStorage(source, name)
