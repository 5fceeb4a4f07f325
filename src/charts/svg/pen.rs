//! The marks of a panel, one kind after another: background, axes, marks, words, pointer targets.

use plotters::element::DashedPathElement;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::super::{Axis, Bar, Dashes, Dot, Layer, NoteSide, Panel, Tone};
use super::themes::{Ink, is_command, push_title, sentinel, sentinel_surface};
use super::{ADVANCE_PX, Area, BARE_RIGHT_PX, Frame, Plot, SCALE, Width};

/// plotters divides font sizes by this before it writes them.
const FONT_FACTOR: f64 = 1.24;
/// Size of all text in CSS pixels at the drawing's own width.
const TEXT_PX: f64 = 12.5;
/// Least distance between a pointer and a mark that it may hit, in CSS pixels (a radius).
const HIT_RADIUS_PX: i32 = 9;
/// A line that ends this near to the right edge carries its label in the margin, in CSS pixels.
const EDGE_PX: i32 = 24;
/// Above this many marks a panel carries no pointer targets: the table below has the values.
const MOST_HITS: usize = 420;

/// Draws the marks of one panel.
pub(super) struct Pen<'a> {
    pub root: Area<'a>,
    pub plot: Plot<'a>,
    /// Ends of the x and of the y axis.
    pub spans: ((f64, f64), (f64, f64)),
    pub frame: Frame,
    pub width: Width,
}

pub(super) type Drawn = Result<(), DrawingAreaErrorKind<std::io::Error>>;

impl Pen<'_> {
    pub fn panel(&self, panel: &Panel) -> Drawn {
        for layer in panel.layers.iter().filter(|l| is_background(l)) {
            self.layer(layer)?;
        }
        self.y_axis(&panel.y)?;
        self.x_axis(&panel.x)?;
        for layer in panel.layers.iter().filter(|l| !is_background(l)) {
            self.layer(layer)?;
        }
        for layer in &panel.layers {
            self.words(layer)?;
        }
        Ok(())
    }

    /// Place of data coordinates in drawing units. What lies outside the panel is drawn at its
    /// edge: the backend's whole numbers would overflow on far values.
    fn at(&self, x: f64, y: f64) -> (i32, i32) {
        let inside = |v: f64, (low, high): (f64, f64)| if v < high { v.max(low) } else { high };
        self.plot.map_coordinate(&(inside(x, self.spans.0), inside(y, self.spans.1)))
    }

    pub(super) fn x_at(&self, x: f64) -> i32 {
        self.at(x, self.spans.1.0).0
    }

    pub(super) fn y_at(&self, y: f64) -> i32 {
        self.at(self.spans.0.0, y).1
    }

    fn path(&self, points: &[(f64, f64)]) -> Vec<(i32, i32)> {
        points.iter().map(|(x, y)| self.at(*x, *y)).collect()
    }

    pub(super) fn text(&self, text: &str, at: (i32, i32), tone: Ink, pos: Pos) -> Drawn {
        let colour = tone.sentinel();
        let style = ("inherit", TEXT_PX * f64::from(SCALE) * FONT_FACTOR)
            .into_text_style(&self.root)
            .color(&colour)
            .pos(pos);
        let text: String = text.chars().filter(|c| !is_command(*c)).collect();
        self.root.draw(&Text::new(text, at, style))
    }

    fn y_axis(&self, axis: &Axis) -> Drawn {
        let Frame { left, right, top, .. } = self.frame;
        for tick in &axis.ticks {
            let y = self.y_at(tick.at);
            if axis.grid {
                let style = sentinel(Tone::Grid).stroke_width(SCALE as u32);
                self.root.draw(&PathElement::new(vec![(left, y), (right, y)], style))?;
            }
            let place = (left - 8 * SCALE, y);
            self.text(&tick.label, place, Ink::Muted, Pos::new(HPos::Right, VPos::Center))?;
        }
        if !axis.label.is_empty() {
            let place = (0, top - 26 * SCALE);
            self.text(&axis.label, place, Ink::Muted, Pos::new(HPos::Left, VPos::Top))?;
        }
        Ok(())
    }

    fn x_axis(&self, axis: &Axis) -> Drawn {
        let Frame { left, right, top, bottom, mark_row } = self.frame;
        let line = sentinel(Tone::Muted).mix(0.55).stroke_width(SCALE as u32);
        if !axis.ticks.is_empty() {
            self.root.draw(&PathElement::new(vec![(left, bottom), (right, bottom)], line))?;
        }
        let every = if self.width == Width::Wide { 1 } else { axis.narrow_every.max(1) };
        for tick in axis.ticks.iter().step_by(every) {
            let x = self.x_at(tick.at);
            if axis.grid {
                let style = sentinel(Tone::Grid).stroke_width(SCALE as u32);
                self.root.draw(&PathElement::new(vec![(x, top), (x, bottom)], style))?;
            }
            // An axis that is continued in the panel below has no words of its own.
            if tick.label.is_empty() {
                continue;
            }
            let mark = vec![(x, bottom), (x, bottom + 5 * SCALE)];
            self.root.draw(&PathElement::new(mark, line))?;
            let half = (tick.label.chars().count() as f64 * ADVANCE_PX / 2.0) as i32 * SCALE;
            let edge = right + BARE_RIGHT_PX * SCALE;
            // In a small picture a word at the end of the axis ends where the picture ends.
            let ends = self.width == Width::Spark && x + half > edge;
            let (x, side) = if ends { (edge, HPos::Right) } else { (x, HPos::Center) };
            let place = (x, bottom + mark_row + 9 * SCALE);
            self.text(&tick.label, place, Ink::Muted, Pos::new(side, VPos::Top))?;
        }
        if !axis.label.is_empty() {
            let place = ((left + right) / 2, bottom + mark_row + 29 * SCALE);
            self.text(&axis.label, place, Ink::Muted, Pos::new(HPos::Center, VPos::Top))?;
        }
        Ok(())
    }

    fn layer(&self, layer: &Layer) -> Drawn {
        let Frame { left, right, top, bottom, .. } = self.frame;
        match layer {
            Layer::Band { low, high, .. } => {
                let (y0, y1) = (self.y_at(*high).max(top), self.y_at(*low).min(bottom));
                let fill = sentinel(Tone::Band).filled();
                self.root.draw(&Rectangle::new([(left, y0), (right, y1)], fill))
            }
            Layer::Column { low, high, .. } => {
                let (x0, x1) = (self.x_at(*low).max(left), self.x_at(*high).min(right));
                let fill = sentinel(Tone::Band).filled();
                self.root.draw(&Rectangle::new([(x0, top), (x1, bottom)], fill))
            }
            Layer::Dots { dots, radius } => dots.iter().try_for_each(|d| self.dot(d, *radius)),
            Layer::Stems { stems, radius } => stems.iter().try_for_each(|d| {
                let style = sentinel(d.tone).mix(0.6).stroke_width(15);
                let stem = self.path(&[(d.x, 0.0), (d.x, d.y)]);
                self.root.draw(&PathElement::new(stem, style))?;
                self.dot(d, *radius)
            }),
            Layer::Crosses { crosses, radius } => {
                crosses.iter().try_for_each(|d| self.cross(d, *radius))
            }
            Layer::Line { points, tone, width, dashed, .. } => {
                let style = sentinel(*tone).stroke_width(*width);
                let points = self.path(points);
                match dashed {
                    Dashes::Solid => self.root.draw(&PathElement::new(points, style)),
                    Dashes::Dashed => {
                        self.root.draw(&DashedPathElement::new(points, 5 * SCALE, 4 * SCALE, style))
                    }
                    Dashes::Hollow => {
                        let inside = sentinel_surface().stroke_width(width * 2 / 5);
                        self.root.draw(&PathElement::new(points.clone(), style))?;
                        self.root.draw(&PathElement::new(points, inside))
                    }
                }
            }
            Layer::Ribbon { points, tone, strength, .. } => {
                let upper = points.iter().map(|p| (p.0, p.2));
                let lower = points.iter().rev().map(|p| (p.0, p.1));
                let outline: Vec<(f64, f64)> = upper.chain(lower).collect();
                let fill = sentinel(*tone).mix(*strength).filled();
                self.root.draw(&Polygon::new(self.path(&outline), fill))
            }
            Layer::Boxes { boxes } => boxes.iter().try_for_each(|b| self.bar(b)),
            Layer::Break { x, .. } => {
                let x = self.x_at(*x);
                let style = sentinel(Tone::Muted).mix(0.8).stroke_width(SCALE as u32);
                let path = vec![(x, top), (x, bottom)];
                self.root.draw(&DashedPathElement::new(path, 3 * SCALE, 3 * SCALE, style))
            }
            Layer::Note { .. } => Ok(()),
            Layer::Marks { marks, along } => self.marks(marks, *along),
        }
    }

    fn dot(&self, dot: &Dot, radius: u32) -> Drawn {
        let at = self.at(dot.x, dot.y);
        let colour = sentinel(dot.tone);
        if dot.hollow {
            self.root.draw(&Circle::new(at, radius, sentinel_surface().filled()))?;
            self.root.draw(&Circle::new(at, radius, colour.stroke_width(15)))
        } else {
            self.root.draw(&Circle::new(at, radius, colour.filled()))
        }
    }

    fn cross(&self, dot: &Dot, radius: u32) -> Drawn {
        let ((x, y), r) = (self.at(dot.x, dot.y), radius as i32);
        for arm in [[(x - r, y - r), (x + r, y + r)], [(x - r, y + r), (x + r, y - r)]] {
            let style = sentinel(dot.tone).stroke_width(16);
            self.root.draw(&PathElement::new(arm.to_vec(), style))?;
        }
        Ok(())
    }

    fn bar(&self, bar: &Bar) -> Drawn {
        if bar.strength == 0.0 && !bar.hollow {
            // Only there to be pointed at.
            return Ok(());
        }
        let corners = [self.at(bar.x.0, bar.y.1), self.at(bar.x.1, bar.y.0)];
        if bar.hollow {
            // The backend writes no stroke width for rectangles, so the rim is a path.
            let [(x0, y0), (x1, y1)] = corners;
            let rim = vec![(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)];
            self.root.draw(&PathElement::new(rim, sentinel(bar.tone).stroke_width(SCALE as u32)))
        } else {
            let style = sentinel(bar.tone).mix(bar.strength).filled();
            self.root.draw(&Rectangle::new(corners, style))
        }
    }

    /// Words of a layer, drawn last so that no mark covers them.
    fn words(&self, layer: &Layer) -> Drawn {
        let Frame { left, top, right, .. } = self.frame;
        match layer {
            Layer::Band { high, label, .. } if !label.is_empty() => {
                let y = self.y_at(*high).max(top);
                let place = (left + 8 * SCALE, y + 6 * SCALE);
                self.text(label, place, Ink::Muted, Pos::new(HPos::Left, VPos::Top))
            }
            Layer::Column { low, high, label } => {
                let x = self.x_at((low + high) / 2.0);
                let half = (label.chars().count() as f64 * ADVANCE_PX / 2.0) as i32 * SCALE;
                // Words wider than a column at the edge end where the panel ends.
                let (x, side) =
                    if x + half > right { (right, HPos::Right) } else { (x, HPos::Center) };
                self.text(label, (x, top - 24 * SCALE), Ink::Muted, Pos::new(side, VPos::Top))
            }
            Layer::Line { points, tone, label: Some(label), .. } => {
                let Some((x, y)) = points.last().copied() else { return Ok(()) };
                let at = self.at(x, y);
                let at_the_edge = (right - at.0) < EDGE_PX * SCALE;
                let pos = Pos::new(HPos::Left, VPos::Center);
                let length = (label.chars().count() as f64 * ADVANCE_PX) as i32 * SCALE;
                if self.width == Width::Wide && at_the_edge {
                    self.text(label, (at.0 + 7 * SCALE, at.1), Ink::Label(*tone), pos)
                } else if right - at.0 > length + 12 * SCALE {
                    // Beyond a device change there is no line to cover.
                    self.text(label, (at.0 + 12 * SCALE, at.1), Ink::Label(*tone), pos)
                } else {
                    let pos = Pos::new(HPos::Right, VPos::Bottom);
                    let place = (at.0.min(right), at.1 - 10 * SCALE);
                    self.text(label, place, Ink::Label(*tone), pos)
                }
            }
            Layer::Ribbon { points, tone, label: Some(label), .. } => {
                let Some((x, _, y)) = points.get(points.len() / 2) else { return Ok(()) };
                let at = self.at(*x, *y);
                let pos = Pos::new(HPos::Right, VPos::Bottom);
                self.text(label, (at.0, at.1 - 3 * SCALE), Ink::Label(*tone), pos)
            }
            Layer::Break { x, label } if !label.is_empty() => {
                let x = self.x_at(*x);
                let room = (right - x) > (label.chars().count() as f64 * ADVANCE_PX) as i32 * SCALE;
                let (side, dx) = if room { (HPos::Left, 6) } else { (HPos::Right, -6) };
                let place = (x + dx * SCALE, top + 2 * SCALE);
                self.text(label, place, Ink::Muted, Pos::new(side, VPos::Top))
            }
            Layer::Note { at, text, tone, side } => {
                let (x, y) = self.at(at.0, at.1);
                let (place, pos) = match side {
                    NoteSide::Right => ((x + 7 * SCALE, y), Pos::new(HPos::Left, VPos::Center)),
                    NoteSide::Left => ((x - 7 * SCALE, y), Pos::new(HPos::Right, VPos::Center)),
                    NoteSide::Above => ((x, y - 7 * SCALE), Pos::new(HPos::Center, VPos::Bottom)),
                    NoteSide::Middle => ((x, y), Pos::new(HPos::Center, VPos::Center)),
                };
                self.text(text, place, Ink::Label(*tone), pos)
            }
            _ => Ok(()),
        }
    }

    /// Invisible targets that say a mark's values when pointed at.
    pub fn hits(&self, panel: &Panel, out: &mut String) {
        let wanted = panel.layers.iter().map(count_titles).sum::<usize>();
        if wanted > MOST_HITS {
            return;
        }
        for layer in &panel.layers {
            match layer {
                Layer::Dots { dots, .. }
                | Layer::Stems { stems: dots, .. }
                | Layer::Crosses { crosses: dots, .. } => {
                    for dot in dots.iter().filter(|d| !d.title.is_empty()) {
                        let (x, y) = self.at(dot.x, dot.y);
                        let r = HIT_RADIUS_PX * SCALE;
                        out.push_str(&format!(
                            "<circle class=\"hit\" cx=\"{x}\" cy=\"{y}\" r=\"{r}\">"
                        ));
                        push_title(out, &dot.title);
                        out.push_str("</circle>\n");
                    }
                }
                Layer::Boxes { boxes } => {
                    for bar in boxes.iter().filter(|b| !b.title.is_empty()) {
                        let (x0, y0) = self.at(bar.x.0, bar.y.1);
                        let (x1, y1) = self.at(bar.x.1, bar.y.0);
                        let (w, h) = ((x1 - x0).max(SCALE), (y1 - y0).max(SCALE));
                        out.push_str(&format!(
                            "<rect class=\"hit\" x=\"{x0}\" y=\"{y0}\" width=\"{w}\" height=\"{h}\">"
                        ));
                        push_title(out, &bar.title);
                        out.push_str("</rect>\n");
                    }
                }
                Layer::Marks { marks, along } => {
                    for mark in marks {
                        let (x, y) = self.mark_at(mark, *along);
                        let r = HIT_RADIUS_PX * SCALE;
                        out.push_str(&format!(
                            "<circle class=\"hit\" cx=\"{x}\" cy=\"{y}\" r=\"{r}\">"
                        ));
                        push_title(out, &format!("{}: {}", mark.day, mark.said));
                        out.push_str("</circle>\n");
                    }
                }
                _ => {}
            }
        }
    }
}

fn is_background(layer: &Layer) -> bool {
    matches!(layer, Layer::Band { .. } | Layer::Column { .. })
}

fn count_titles(layer: &Layer) -> usize {
    match layer {
        Layer::Dots { dots, .. }
        | Layer::Stems { stems: dots, .. }
        | Layer::Crosses { crosses: dots, .. } => dots.len(),
        Layer::Boxes { boxes } => boxes.iter().filter(|b| !b.title.is_empty()).count(),
        Layer::Marks { marks, .. } => marks.len(),
        _ => 0,
    }
}
