//! The page of one run: its sentence, its course along time, its shape, its places, its readings
//! against the runner's own usual, its kilometres, and what its file says.

use maud::{DOCTYPE, Markup, html};

use super::{figures, knee, trusted};
use crate::Analysis;
use crate::activity::{AltitudeSource, Severity};
use crate::charts::Table;
use crate::charts::run::{Norm, along, letter, shapes};
use crate::education::INTENDED_PURPOSE;
use crate::findings::of_run::{remarks, sentence};
use crate::journal::PainNote;
use crate::quantities::{self, Quantities, clock, decimals, spoken_duration, whole};
use crate::report::plain::clean;
use crate::report::{Fate, Report, own_norm};
use crate::run::{Place, Route, RunDetail, Split};

/// Where a page's links lead, as seen from the page itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Around<'a> {
    /// The page that lists all runs.
    pub back: Option<&'a str>,
    /// The run before.
    pub before: Option<&'a str>,
    /// The run after.
    pub after: Option<&'a str>,
}

/// The page of a run as one string: the same bytes for the same report and run.
pub fn render(report: &Report, index: usize, detail: &RunDetail, around: Around<'_>) -> String {
    let Some(run) = report.history.runs.get(index) else { return String::new() };
    let page = Page { report, index, run, detail };
    let title = page.title();
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                (super::page_head(&title))
            }
            body {
                a.skip href="#main" { "Skip to the content" }
                (page.head(&title, around))
                main #main tabindex="-1" {
                    @if page.hurt() { (page.red_flags()) }
                    (page.notes())
                    (page.remarks())
                    (page.along())
                    (page.way())
                    (page.norm())
                    (page.splits())
                    (page.file())
                }
                (page.foot())
                script { (trusted::script()) }
            }
        }
    };
    markup.into_string()
}

struct Page<'a> {
    report: &'a Report,
    index: usize,
    run: &'a Analysis,
    detail: &'a RunDetail,
}

impl Page<'_> {
    fn said(&self) -> Quantities {
        Quantities::new(self.report.settings.display)
    }

    fn title(&self) -> String {
        let day = self.report.history.days.get(self.index).map(|d| quantities::day(*d));
        format!("Run on {}", day.unwrap_or_default())
    }

    fn pain(&self) -> impl Iterator<Item = &PainNote> {
        self.report.history.pain.iter().filter(|note| note.run == Some(self.index))
    }

    fn hurt(&self) -> bool {
        self.pain().any(|note| !note.says_none())
    }

    fn head(&self, title: &str, around: Around<'_>) -> Markup {
        let said = self.said();
        let (distance, timer) = (self.run.value("distance"), self.run.value("timer"));
        let timed = distance.zip(timer).filter(|(_, t)| *t > 0.0);
        let facts = [
            distance.map(|m| said.distance(m)),
            timer.map(clock),
            timed.and_then(|(m, s)| said.known_pace(m / s)),
            Some(clean(&self.run.meta.device.label())),
            self.detail.indoor.then(|| "indoors".to_owned()),
        ];
        let facts: Vec<String> = facts.into_iter().flatten().collect();
        let name = self.run.meta.title.as_deref().map(clean).filter(|t| !t.trim().is_empty());
        html! {
            header.top {
                @if around.back.is_some() || around.before.is_some() || around.after.is_some() {
                    nav.around aria-label="Runs" {
                        ul {
                            @if let Some(back) = around.back { li { a href={ (back) "#runs" } { "All runs" } } }
                            @if let Some(before) = around.before { li { a href=(before) rel="prev" { "Run before" } } }
                            @if let Some(after) = around.after { li { a href=(after) rel="next" { "Run after" } } }
                        }
                    }
                }
                h1 { (title) @if let Some(name) = &name { ": " (name) } }
                p.meta { (facts.join(" · ")) }
                p.lead { (sentence(&self.report.history, &self.report.settings, self.index)) }
            }
        }
    }

    /// The signs that want a person, before everything else on the page of a run that hurt.
    fn red_flags(&self) -> Markup {
        html! {
            section #red-flags aria-labelledby="red-flags-t" {
                h2 id="red-flags-t" { "When to see a professional" }
                (knee::red_flags())
            }
        }
    }

    /// What is noted, as written.
    fn notes(&self) -> Markup {
        let lines = self.run.noted.lines();
        let pain: Vec<&PainNote> = self.pain().collect();
        html! {
            @if !lines.is_empty() || !pain.is_empty() {
                section #notes aria-labelledby="notes-t" {
                    h2 id="notes-t" { "Noted" }
                    div.card {
                        dl.facts {
                            @for note in &pain {
                                dt { "pain, as you wrote it" }
                                dd {
                                    (clean(&note.as_written()))
                                    @if let Some(text) = &note.text { ": " (clean(text)) }
                                }
                            }
                            @for (name, value, source) in lines.iter().filter(|l| !of_pain(l.0)) {
                                dt { (name) }
                                dd { (clean(value)) " " span.quiet { (source.words()) } }
                            }
                        }
                    }
                }
            }
        }
    }

    fn remarks(&self) -> Markup {
        let remarks = remarks(&self.report.history, &self.report.settings, self.index);
        html! {
            @if !remarks.is_empty() {
                section #remarks aria-labelledby="remarks-t" {
                    h2 id="remarks-t" { "Out of the ordinary" }
                    @for remark in &remarks {
                        article.card { h3 { (remark.title) } p { (remark.text) } }
                    }
                }
            }
        }
    }

    /// The law of the device that recorded this run.
    fn own_law(&self) -> Option<Norm<'_>> {
        let history = &self.report.history;
        let epoch = history.epoch_of.get(self.index)?;
        history.models.iter().find(|m| m.epoch == *epoch).map(|model| Norm { model })
    }

    fn along(&self) -> Markup {
        let chart = along(self.detail, self.own_law(), &self.report.settings);
        html! {
            section #course aria-labelledby="course-t" {
                h2 id="course-t" { "Its course" }
                @match &chart {
                    Some(chart) => (figures::figure(chart)),
                    None => p.empty { "Neither pace nor cadence was recorded, so there is nothing to draw along time." },
                }
                @for line in self.left_out() { p.empty { (line) } }
            }
        }
    }

    /// What a reader may miss along the time axis, and what would bring it.
    fn left_out(&self) -> Vec<&'static str> {
        let mut lines = Vec::new();
        let has = |quantity| self.detail.lane(quantity).is_some();
        if !has(crate::run::Quantity::StepRate) {
            lines
                .push("No cadence in this file. The watch's original FIT file usually carries it.");
        }
        if self.detail.indoor {
            lines.push("Indoors there is no height and no way to draw.");
        } else if !has(crate::run::Quantity::Height) {
            lines.push(match self.detail.altitude_source {
                AltitudeSource::None => "No height in this file.",
                AltitudeSource::Satellite => {
                    "Heights by satellite draw hills where there are none, so they are left out."
                }
                AltitudeSource::Unknown => {
                    "Hills need a watch known to have a barometer. If yours has one, put barometer \
                     = true in the profile."
                }
                AltitudeSource::Barometric => "Too little of the height was recorded to draw it.",
            });
        }
        lines
    }

    fn way(&self) -> Markup {
        if self.detail.indoor {
            return Markup::default();
        }
        let places = self.places();
        html! {
            section #way aria-labelledby="way-t" {
                h2 id="way-t" { "The way" }
                @match &self.detail.route {
                    Route::Drawn(shape) => {
                        @let charts = shapes(self.detail, shape, &self.report.settings);
                        @match charts.as_slice() {
                            [one] => div.pair { (figures::figure(one)) (places) },
                            all => {
                                div.pair { @for chart in all { (figures::figure(chart)) } }
                                (places)
                            },
                        }
                    },
                    Route::NoPositions => {
                        p.empty { "The file has no positions, so there is no way to draw." }
                        (places)
                    },
                    Route::AllHidden => {
                        p.empty { "The whole run stays around its start or end. Their surroundings are never drawn." }
                        (places)
                    },
                }
            }
        }
    }

    /// The places in order, by the letters of the picture.
    fn places(&self) -> Markup {
        let said = self.said();
        let drawn = |place: &Place| match &self.detail.route {
            Route::Drawn(shape) => shape.at_tick(place.tick).is_some(),
            _ => true,
        };
        let some_hidden = self.detail.places.iter().any(|p| !drawn(p));
        let (left, right) = self.detail.sharp_bends;
        html! {
            @if !self.detail.places.is_empty() || left + right > 0 {
                div.card {
                    h3 { "Places on the way" }
                    @if !self.detail.places.is_empty() {
                        ol.places {
                            @for (i, place) in self.detail.places.iter().enumerate() {
                                li {
                                    @if let Some(letter) = letter(i) {
                                        b.mark { (letter) @if !drawn(place) { "*" } }
                                    }
                                    span {
                                        b { (place.kind.name()) } " at " (said.distance(place.from_m)) ": "
                                        (place.said(said)) "."
                                    }
                                }
                            }
                        }
                    }
                    @if left + right > 0 {
                        p.quiet { "Sharp bends of 60 degrees and more: " (left) " to the left, " (right) " to the right." }
                    }
                    @if some_hidden { p.quiet { "* in the surroundings of start or end, which are not drawn." } }
                }
            }
        }
    }

    fn norm(&self) -> Markup {
        let rows = own_norm::rows(self.report, self.index);
        let compared = rows.iter().any(|r| r.usual.is_some());
        let missing = own_norm::not_known(self.report, self.index);
        let cells = rows.iter().map(|row| {
            let mut cells = vec![
                row.metric.title.to_owned(),
                row.value.clone(),
                row.interval.clone().unwrap_or_default(),
            ];
            if compared {
                cells.push(row.usual.clone().unwrap_or_else(|| "–".to_owned()));
                let standing = row.standing.map(|s| format!("{} {}", s.mark(), s.words()));
                cells.push(standing.unwrap_or_default());
            }
            cells
        });
        let mut columns = vec!["Reading", "This run", "95 % interval"];
        if compared {
            columns.extend(["Your other runs, middle half", "Against them"]);
        }
        let columns = columns.into_iter().map(str::to_owned).collect();
        let table = Table { columns, rows: cells.collect() };
        html! {
            section #readings aria-labelledby="readings-t" {
                h2 id="readings-t" { "Against your own usual" }
                @if compared {
                    p.intro { "Usual is the middle half of your other runs with this watch. Above or below it is no judgement: one run in two lies there." }
                } @else {
                    p.intro { "With five other runs of the same watch, what is usual for you stands beside each number." }
                }
                div.card { (figures::table(&table, "readings of this run")) }
                @if !missing.is_empty() {
                    details.card {
                        summary { "What could not be said, and why" }
                        dl.facts {
                            @for (reason, titles) in &missing {
                                dt { (titles.join(", ")) }
                                dd { (clean(reason)) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn splits(&self) -> Markup {
        let said = self.said();
        let (splits, laps) = (&self.detail.splits, &self.detail.laps);
        let unit = if said.long_unit() == "km" { "Kilometres" } else { "Miles" };
        html! {
            @if splits.len() > 1 || !laps.is_empty() {
                section #splits aria-labelledby="splits-t" {
                    h2 id="splits-t" { "Splits" }
                    @if splits.len() > 1 {
                        div.card {
                            h3 { (unit) }
                            (figures::table(&split_table(splits, said, ByLap::No), unit))
                        }
                    }
                    @if !laps.is_empty() {
                        div.card {
                            h3 { "Laps" }
                            (figures::table(&split_table(laps, said, ByLap::Yes), "laps"))
                        }
                    }
                }
            }
        }
    }

    /// What was repaired, chosen or doubted in this file.
    fn file(&self) -> Markup {
        let issues = &self.run.issues;
        let of = |severity| issues.iter().filter(move |i| i.severity == severity);
        html! {
            @if !issues.is_empty() {
                section #file aria-labelledby="file-t" {
                    h2 id="file-t" { "What the file says, and what it can't" }
                    div.card {
                        @for (severity, words) in [
                            (Severity::Doubt, "Doubtful or lost"),
                            (Severity::Repaired, "Repaired"),
                            (Severity::Note, "Chosen"),
                        ] {
                            @if of(severity).next().is_some() {
                                h3 { (words) }
                                ul {
                                    @for issue in of(severity) {
                                        li {
                                            (clean(&super::files::sentence(&issue.message)))
                                            @if let Some(remedy) = &issue.remedy {
                                                " " (clean(&super::files::sentence(remedy)))
                                            }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn foot(&self) -> Markup {
        let input = self
            .report
            .inputs
            .iter()
            .find(|input| input.fates.contains(&Fate::Run { run: self.index }));
        let names = super::files::Names::of(self.report);
        html! {
            footer.foot {
                p { (INTENDED_PURPOSE) }
                p {
                    "Made by lightfoot " (env!("CARGO_PKG_VERSION"))
                    @if let Some(input) = input {
                        " from " span.mono { (clean(names.short(&input.file))) }
                        ", content " span.mono { (input.hash) }
                    }
                    ". No place on earth is in this page."
                }
            }
        }
    }
}

/// Names of the lines of a note that say what the note on pain says.
fn of_pain(name: &str) -> bool {
    ["pain during", "pain next morning", "where", "side"].contains(&name)
}

/// Whether splits are laps, which have a length of their own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ByLap {
    Yes,
    No,
}

fn split_table(splits: &[Split], said: Quantities, by_lap: ByLap) -> Table {
    let some = |of: fn(&Split) -> Option<f64>| splits.iter().any(|s| of(s).is_some());
    let (rate, grade, heart) =
        (some(|s| s.step_rate_spm), some(|s| s.grade), some(|s| s.heart_rate_bpm));
    let full = splits.first().map_or(0.0, |s| s.metres);
    let rest = splits.last().is_some_and(|s| s.metres < 0.995 * full);
    let long = by_lap == ByLap::Yes;
    let first = if long { "Lap".to_owned() } else { said.long_unit().to_owned() };
    let mut columns = vec![first];
    if long {
        columns.push("Distance".to_owned());
    }
    columns.push("Time".to_owned());
    columns.push(format!("Pace, {}", said.pace_unit()));
    columns.extend(rate.then(|| "Steps a minute".to_owned()));
    columns.extend(grade.then(|| "Mean slope, %".to_owned()));
    columns.extend(heart.then(|| "Heart rate, bpm".to_owned()));
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
    let last = splits.len().saturating_sub(1);
    let row = |(i, split): (usize, &Split)| {
        let number = (i + 1).to_string();
        let name = match by_lap {
            ByLap::No if i == last && rest => format!("last {}", said.length(split.metres)),
            _ => number,
        };
        let mut cells = vec![name];
        if long {
            cells.push(said.length(split.metres));
        }
        cells.push(if split.seconds < LONG_SPLIT_S {
            clock(split.seconds)
        } else {
            spoken_duration(split.seconds)
        });
        cells.push(or_dash(split.speed_m_s().and_then(|v| said.pace_digits(v))));
        if rate {
            cells.push(or_dash(split.step_rate_spm.map(whole)));
        }
        if grade {
            cells.push(or_dash(split.grade.map(|g| decimals(100.0 * g, 1))));
        }
        if heart {
            cells.push(or_dash(split.heart_rate_bpm.map(whole)));
        }
        cells
    };
    Table { columns, rows: splits.iter().enumerate().map(row).collect() }
}

/// From here on a split is said in hours. **chosen**.
const LONG_SPLIT_S: f64 = 36_000.0;
