//! The page of one run: its sentence, its minutes, its shape, its places, its readings
//! against the runner's own usual, its kilometres, and what its file says.

mod route;
mod splits;

use maud::{DOCTYPE, Markup, html};

use super::files::{coded, sentence as sentence_of};
use super::{figures, knee, listed, trusted};
use crate::Analysis;
use crate::activity::{AltitudeSource, Severity};
use crate::charts::Table;
use crate::charts::run::{Norm, along};
use crate::education::INTENDED_PURPOSE;
use crate::findings::of_run::{remarks, sentence};
use crate::journal::PainNote;
use crate::quantities::{self, Quantities, clock};
use crate::report::plain::clean;
use crate::report::{Fate, Report, own_norm};
use crate::run::RunDetail;

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
                (listed::mark(around.back))
                (super::page_head(&title))
            }
            body {
                a.skip href="#main" { "Skip to the content" }
                (page.head(&title, around))
                main #main tabindex="-1" {
                    @if page.hurt() { (page.red_flags()) (page.notes()) }
                    (page.remarks())
                    (page.along())
                    (route::route(detail, &report.settings))
                    @if !page.hurt() { (page.notes()) }
                    (page.norm())
                    (splits::splits(detail, page.said()))
                    (page.file())
                }
                (page.foot())
                script { (trusted::script()) }
            }
        }
    };
    trusted::finished(markup)
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
                        article.card {
                            h3 { (remark.title) }
                            p { (remark.text) " " span.quiet { (remark.limit) } }
                        }
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
            section #minutes aria-labelledby="minutes-t" {
                h2 id="minutes-t" { "Minute by minute" }
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
            let why = self.run.readings.why_not("step_rate").map(|why| why.code);
            lines.push(if why == Some("no_cadence_unit") {
                "The cadence in this file has no known unit, so it is not drawn."
            } else {
                "No cadence in this file. The watch's original FIT file usually carries it."
            });
        }
        if self.detail.indoor {
            lines.push("Indoors there is no height and no route to draw.");
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

    fn norm(&self) -> Markup {
        let rows = own_norm::rows(self.report, self.index);
        let compared = rows.iter().any(|r| r.usual.is_some());
        let missing = own_norm::not_known(self.report, self.index);
        let cells = rows.iter().map(|row| {
            let interval = row.interval.as_ref().map(|i| format!(" ({i})")).unwrap_or_default();
            let value = format!("{}{interval}", row.value);
            let mut cells = vec![row.metric.title.to_owned(), value];
            if compared {
                cells.push(row.usual.clone().unwrap_or_else(|| "–".to_owned()));
                let standing = row.standing.map(|s| format!("{} {}", s.mark(), s.words()));
                cells.push(standing.unwrap_or_default());
            }
            cells
        });
        let mut columns = vec!["Reading", "This run"];
        if compared {
            columns.extend(["Usual for you", "Against it"]);
        }
        let columns = columns.into_iter().map(str::to_owned).collect();
        let table = Table { columns, rows: cells.collect() };
        html! {
            section #readings aria-labelledby="readings-t" {
                h2 id="readings-t" { @if compared { "Against your own usual" } @else { "Readings" } }
                @if compared {
                    p.intro { "Usual is the middle half of your other runs with this watch. Above or below it is no judgement: one run in two lies there. In brackets: 95 % interval." }
                } @else {
                    p.intro { "With five other runs of the same watch, what is usual for you stands beside each number." }
                }
                div.card.whole.norm { (figures::table(&table, "readings of this run")) }
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
                                            (coded(&clean(&sentence_of(&issue.message))))
                                            @if let Some(remedy) = &issue.remedy {
                                                " " (coded(&clean(&sentence_of(remedy))))
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
