"""Pelican's class object for the build: it reads the settings and loads the plugins.

`PELICAN_CLASS` names `Engine`. It replaces Pelican's generators, reader and writer by the six
stages of `build.py`; its plugins answer the signal `feature_init`.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any, NoReturn

from ..markdown.extensions import extension_reader
from ..pelican_theme.theme import OUR_THEME, is_for_pelican, settings_of
from ..site.feature import Feature
from ..site.guard import guarded
from ..site.signals import feature_init
from ..source.errors import ConfigurationError, Failure, HallwayError, InternalError
from ..source.settings import SiteSettings, read_site_settings, refuse_misspelt
from .build import Job, build
from .fast.lean import left_out
from .fingerprint import build_fingerprint
from .memo import Memo, memo_file
from .read import FileReader
from .report import Reporter, as_record
from .stage import Stage, output_folder
from .unchanged import Record, inputs_of, remember, settings_digest, settings_file

with left_out("docutils", "feedgenerator", "pelican.server", "rich", "watchfiles"):
    from pelican import Pelican
    from pelican.plugins import signals
    from pelican.settings import DEFAULT_CONFIG

OURS = __name__.partition(".")[0]
"""The package that contains Hallway's own plugins."""

HOUSE = Path(__file__).parents[1]
"""The folder of that package."""

INTERRUPTED = 130
"""The exit code after Ctrl+C, as in shells."""

OWN_NEEDS = ("blog", "shell")
"""Features without which no page can be rendered."""


class Engine(Pelican):  # type: ignore[misc]
    """A Pelican whose `run` builds in stages and whose exit codes say what went wrong."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self.reporter = Reporter(settings=settings.get("SETTINGS_FILE", ""))
        self.arguments: tuple[str, ...] | None = None
        """The arguments of a build, if the next one may be skipped; None for all other tasks."""
        with ExitCodes(self.reporter):
            super().__init__(settings)
            self.site_settings: SiteSettings = read_site_settings(settings)
            chosen = Path(settings["THEME"])
            self.pelican_theme = chosen if is_for_pelican(chosen) else None
            self.theme = OUR_THEME if self.pelican_theme else chosen
            self.features = self._find_features()
            names = (feature.name.upper() for feature in self.features)
            refuse_misspelt(settings, [*DEFAULT_CONFIG, *names, *self._asked_by_theme()])

    def init_plugins(self) -> None:
        """Load and register every plugin; raise ConfigurationError with all that fail.

        Pelican 4.12 would pass over them.
        """
        paths = [str(Path(path)) for path in self.settings.get("PLUGIN_PATHS", [])]
        sys.path[:0] = [path for path in paths if path not in sys.path]
        loaded = [_load(plugin) for plugin in self.settings.get("PLUGINS") or []]
        failures = [answer for answer in loaded if isinstance(answer, str)]
        if failures:
            raise ConfigurationError(*failures)
        self.plugins = [plugin for plugin in loaded if not isinstance(plugin, str)]

    def run(self) -> None:
        """Build the site; end the process with an exit code if that fails."""
        self.perform(self._build)

    def perform(self, task: Callable[[Job, Reporter], None]) -> None:
        """Run a task with the site's job; end the process with an exit code if that fails."""
        with ExitCodes(self.reporter):
            task(self.job(), self.reporter)

    def run_again(self) -> int:
        """Build once more with what this process has cached; return the exit code."""
        self.reporter = Reporter(settings=self.reporter.settings)
        try:
            self.run()
        except SystemExit as end:
            return int(end.code or 0)
        return 0

    def get_ready(self) -> None:
        """Prepare everything that is needed to read the next text."""
        self.reader.prepare()

    def _build(self, job: Job, reporter: Reporter) -> None:
        inputs = self._inputs(job)
        built = build(job, reporter)
        reporter.built(built)
        signals.finalized.send(self)
        if self.arguments and inputs:
            remember(self.arguments, {**inputs, **as_record(built), "warnings": reporter.told})

    def _inputs(self, job: Job) -> Record | None:
        """Return the inputs of this build; None if they cannot be known, or if it is always to run.

        Plugins of others may read any file, and receivers of signals act after each build.
        """
        files = [str(plugin.__file__) for plugin in self.plugins]
        receivers = signals.initialized.receivers or signals.finalized.receivers
        is_ours = all(Path(file).is_relative_to(HOUSE) for file in files)
        is_other = job.settings.publish or job.pelican_theme or receivers
        if not self.arguments or not is_ours or is_other:
            return None
        code = (str(HOUSE), ".py", True), (str(Path.cwd()), ".py", False)
        found = inputs_of([(str(job.content), "", True), (str(job.theme), "", True), *code])
        settings = settings_digest(settings_file(self.arguments))
        lock = str(Stage(job.output).lock)
        return found and {**found, "settings": settings, "lock": lock, "output": str(job.output)}

    def _find_features(self) -> tuple[Feature, ...]:
        """Return what the plugins add, sorted by name.

        Raises ConfigurationError if one of them needs a feature that is missing.
        """
        receivers = filter(self._has_loaded, feature_init.receivers_for(self))
        answers = [self._feature(receiver) for receiver in receivers]
        if self.pelican_theme:
            from ..pelican_theme.plugin import feature  # noqa: PLC0415  few sites have one

            answers.append(feature(self.settings))
        if extensions := extension_reader(self.settings.get("MARKDOWN") or {}):
            answers.append(Feature(name="extensions", trees=(extensions,)))
        answers.sort(key=lambda feature: feature.name)
        names = {feature.name for feature in answers}
        missing = [
            f"PLUGINS: found no {need!r}; expected it, since {feature} needs it"
            for feature, needs in [("every site", OWN_NEEDS), *((f.name, f.needs) for f in answers)]
            for need in needs
            if need not in names
        ]
        if wrong := [*sorted(missing), *_doubled_kinds(answers)]:
            raise ConfigurationError(*wrong)
        return tuple(answers)

    def _has_loaded(self, receiver: Callable[[Engine], Feature]) -> bool:
        """Return True if the receiver belongs to a plugin of this engine.

        Another engine in the same process may have loaded others.
        """
        folders = (plugin.__package__ or plugin.__name__ for plugin in self.plugins)
        return any(f"{receiver.__module__}.".startswith(f"{folder}.") for folder in folders)

    def _feature(self, receiver: Callable[[Engine], Feature]) -> Feature:
        """Return what a plugin adds.

        Plugins of others are guarded, so that errors name them.
        """
        package, _, _ = receiver.__module__.partition(".")
        if package == OURS:
            return receiver(self)
        failure = Failure()
        with failure:
            return guarded(receiver(self), package)
        raise ConfigurationError(
            f"PLUGINS: {package!r} failed to say what it adds: {failure.explained}"
        )

    def _asked_by_theme(self) -> Iterator[str]:
        """Yield the settings that a theme for plain Pelican defines itself."""
        return settings_of(self.pelican_theme) if self.pelican_theme else iter(())

    @functools.cached_property
    def output(self) -> Path:
        """The folder that the site is built into."""
        return output_folder(Path(self.settings["OUTPUT_PATH"]))

    @functools.cached_property
    def memo(self) -> Memo:
        """The cache for this output; its fingerprint is that of the code at the start."""
        folders = [Path(plugin.__file__).parent for plugin in self.plugins if plugin.__file__]
        known = [feature.knows for feature in self.features]
        memo = Memo(memo_file(self.output))
        memo.fingerprint = build_fingerprint(self.settings, folders, known)
        return memo

    @functools.cached_property
    def reader(self) -> FileReader:
        """The reader of the documents."""
        folder = Path(self.settings["PATH"])
        return FileReader(folder, self.site_settings, self.features, self.memo)

    def job(self) -> Job:
        """Return the job of this engine."""
        settings: Mapping[str, Any] = self.settings
        return Job(
            content=Path(settings["PATH"]),
            theme=self.theme,
            pelican_theme=self.pelican_theme,
            output=self.output,
            settings=self.site_settings,
            features=self.features,
            ignored=tuple(settings["IGNORE_FILES"]),
            memo=self.memo,
            reader=self.reader,
            check_only=bool(settings.get("CHECK_ONLY")),
        )


def _load(plugin: str | ModuleType) -> ModuleType | str:
    """Register and return the plugin; if that fails, return a sentence that says why."""
    if not isinstance(plugin, str):
        return _registered(plugin)
    failure = Failure()
    with failure:
        names = (f"pelican.plugins.{plugin}", f"{plugin}.plugin")
        name = next((name for name in names if _is_there(name)), plugin)
        return _registered(importlib.import_module(name))
    return f"PLUGINS: {plugin!r} cannot be loaded: {failure.explained}"


def _is_there(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def _registered(plugin: ModuleType) -> ModuleType | str:
    if not callable(getattr(plugin, "register", None)):
        return f"PLUGINS: {plugin.__name__!r} has no register()"
    failure = Failure()
    with failure:
        plugin.register()
    if failure.error:
        return f"PLUGINS: {plugin.__name__!r} failed to register: {failure.explained}"
    return plugin


def _doubled_kinds(features: Iterable[Feature]) -> Iterator[str]:
    """Yield a sentence about each kind of post that two plugins add."""
    owners: dict[str, str] = {}
    for feature in features:
        for kind in feature.kinds:
            first = owners.setdefault(kind.name, feature.name)
            if first != feature.name:
                yield (
                    f"PLUGINS: found the kind of post {kind.name!r} in {feature.name}; "
                    f"expected each kind once, and {first} has it"
                )


class ExitCodes:
    """The outermost handler: it turns every failure inside into a report and an exit code.

    Pelican 4.12 prints a traceback for any exception that reaches it, so none may.
    """

    def __init__(self, reporter: Reporter) -> None:
        self.reporter = reporter

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if isinstance(error, HallwayError):
            self._end(error)
        if isinstance(error, KeyboardInterrupt):
            self.reporter.interrupted()
            sys.exit(INTERRUPTED)
        if isinstance(error, Exception):
            self._end(_own_fault(error))

    def _end(self, error: HallwayError) -> NoReturn:
        self.reporter.failed(error)
        sys.exit(error.exitcode)


def _own_fault(error: Exception) -> InternalError:
    """Return the error, with its traceback written into a temporary file."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix="hallway-", suffix=".txt", delete=False
    ) as file:
        file.write("".join(traceback.format_exception(error)))
    return InternalError(f"{type(error).__name__}: {error}", report=file.name)
