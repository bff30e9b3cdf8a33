"""`topics train`, `topics model`: the model of the Media Topics, made anew and looked at."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from silkwire.cli.output import AsJson, console, print_json
from silkwire.cli.topics_commands import topics_app
from silkwire.errors import Config
from silkwire.label.topics.encoder import DEFAULT
from silkwire.label.topics.model import TopicModel, load_model, shipped_model
from silkwire.label.topics.training.texts import TopicText
from silkwire.label.topics.training.trainer import open_trainer
from silkwire.label.topics.training.weak import weak_texts
from silkwire.settings import Settings, get_settings
from silkwire.warehouse.engine import open_engine, transaction
from silkwire.warehouse.server import warehouse_url

_WORSE = 0.005  # of mean accuracy on what is held out, by which a new model may be worse


@topics_app.command()
def train(
    *,
    data: Annotated[Path, typer.Option(help="A folder of labelled sets (*.jsonl.gz).")],
    output: Annotated[
        Path | None, typer.Option(help="Where the model is written; SILKWIRE_TOPIC_MODEL names it.")
    ] = None,
    encoder: Annotated[
        str, typer.Option(help="What reads the texts; sentence-transformers:NAME is another.")
    ] = DEFAULT,
    weak: Annotated[
        bool, typer.Option("--weak", help="Learn from stored articles too whose outlet says the topic.")
    ] = False,
    made: Annotated[
        datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="The day that the model names.")
    ] = None,
) -> None:
    """Make the model of the Media Topics: about eight minutes on two cores.

    It is judged on texts held out, and written only where it is not worse than the model in use.
    """
    settings = get_settings()
    path = output or settings.topic_model
    if path is None:
        raise Config("Say where to write the model: --output PATH, or SILKWIRE_TOPIC_MODEL")
    before = load_model(path) if path.exists() else _in_use(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not os.access(path.parent, os.W_OK):
        raise Config(f"{path.parent} can't be written to; name another place with --output")
    trainer = open_trainer(data, encoder, _stored(settings) if weak else ())
    model = trainer.train(made.date() if made else datetime.now(UTC).date())
    old, new = _means(before, model)
    if old - new > _WORSE:
        raise Config(
            f"The new model is worse on what was held out ({new:.3f}, before {old:.3f}): {path} stays as it is"
        )
    size = model.save(path)
    console.print(f"{path}: {size:,} bytes, {new:.3f} right on what was held out ({old:.3f} before).", markup=False)


@topics_app.command("model")
def show_model(*, as_json: AsJson = False) -> None:
    """Show where the model in use comes from: its sets, their digests, its day, and its scores on what was held out."""
    settings = get_settings()
    model = _in_use(settings)
    facts = {"encoder": model.head.encoder, "languages of n-grams": sorted(model.grams), **model.provenance}
    if as_json:
        print_json(facts)
        return
    for name, value in facts.items():
        if isinstance(value, dict):
            console.print(f"{name}:", markup=False)
            for key, told in value.items():
                console.print(f"  {key}: {told}", markup=False)
        else:
            console.print(f"{name}: {', '.join(value) if isinstance(value, list) else value}", markup=False)


def _in_use(settings: Settings) -> TopicModel:
    return load_model(settings.topic_model) if settings.topic_model else shipped_model()


def _stored(settings: Settings) -> tuple[TopicText, ...]:
    with warehouse_url(settings) as url, transaction(open_engine(url)) as connection:
        found = tuple(weak_texts(connection))
    console.print(f"{len(found):,} stored articles have one topic by their outlet's section.", markup=False)
    return found


def _means(before: TopicModel, after: TopicModel) -> tuple[float, float]:
    """Return the mean accuracy of both on the held-out sets that both were judged on."""
    old, new = before.provenance["held out"], after.provenance["held out"]
    shared = sorted(old.keys() & new.keys())
    if not shared:
        raise Config("The two models were judged on no set in common, and can't be compared: write to a new path")
    return sum(old[name] for name in shared) / len(shared), sum(new[name] for name in shared) / len(shared)
