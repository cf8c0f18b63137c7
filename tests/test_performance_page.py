"""docs/performance.md tells what data/measured/ holds; made municipalities are many, alike each time, and nobody's."""

from xml.etree import ElementTree

import pytest

from bench import report
from bench.drawing import Axis, lines
from bench.made import made_documents, made_name, made_place, originals
from finder.building import NATION, build_catalog
from finder.understanding.danger import NO_SIGNS


def test_the_page_and_its_plots_are_those_of_the_figures(tmp_path, monkeypatch):
    page, plots = report.PAGE, report.PLOTS
    monkeypatch.setattr(report, "PAGE", tmp_path / "performance.md")
    monkeypatch.setattr(report, "PLOTS", tmp_path / "performance")
    report.main()
    assert (tmp_path / "performance.md").read_text(encoding="utf-8") == page.read_text(encoding="utf-8"), "python -m bench report"
    for plot in (tmp_path / "performance").iterdir():
        assert plot.read_bytes() == (plots / plot.name).read_bytes()
        assert ElementTree.fromstring(plot.read_bytes()).tag.endswith("svg")
        assert f"performance/{plot.name}" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(("points", "axis"), [
    ([(0, 0)], Axis("n")), ([(1, 5), (2, 7.5)], Axis("n")), ([(1, .001), (350_000, 400)], Axis("n", True)), ([(3, 3)], Axis("n", True)),
])
def test_every_line_stays_inside_its_plot(points, axis):
    drawn = ElementTree.fromstring(lines("a < b", {"one & all": points}, axis, axis))
    for dot in drawn.iter("{http://www.w3.org/2000/svg}circle"):
        assert 0 <= float(dot.get("cx")) <= 720
        assert 0 <= float(dot.get("cy")) <= 360


def test_made_municipalities_have_names_of_their_own_and_are_the_same_each_time(real_folder):
    real = originals(real_folder.raw)
    names = {made_name(n) for n in range(1741)}
    assert len(names) == 1741
    assert not names & {part["municipality"]["name"]["ja"] for f, part in real_folder.raw["municipalities"].items() if f != NATION}
    place = made_place(real_folder.raw, real, 7, 200)
    assert place == made_place(real_folder.raw, real, 7, 200)
    assert len(place.part["programs"]) == len(place.words) == 200
    raw = {**real_folder.raw, "municipalities": {NATION: real_folder.raw["municipalities"][NATION], place.folder: place.part}}
    assert len(build_catalog(raw, place.folder, signs=NO_SIGNS).programs) >= 200
    assert list(made_documents(real, 450, 200)) == list(made_documents(real, 450, 200))
