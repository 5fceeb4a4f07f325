//! Small marks beside a time axis: triangles that point at it, each with its figure.

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::super::{Along, Mark, Tone};
use super::pen::{Drawn, Pen};
use super::themes::{Ink, sentinel};
use super::{ADVANCE_PX, MARK_ROW_PX, SCALE};

/// Half the width of a mark in CSS pixels; it is as high as it is wide. **chosen**: as large as a
/// dot of a chart.
const HALF_PX: i32 = 4;

impl Pen<'_> {
    /// Middle of a mark in drawing units.
    pub(super) fn mark_at(&self, mark: &Mark, along: Along) -> (i32, i32) {
        let middle = MARK_ROW_PX * SCALE / 2;
        match along {
            Along::X => (self.x_at(mark.at), self.frame.bottom + middle),
            Along::Y => (self.frame.right + middle, self.y_at(mark.at)),
        }
    }

    /// Draws the marks; a figure that would reach into the next mark is left to the table.
    pub(super) fn marks(&self, marks: &[Mark], along: Along) -> Drawn {
        for (i, mark) in marks.iter().enumerate() {
            let (x, y) = self.mark_at(mark, along);
            let half = HALF_PX * SCALE;
            let (tip, base) = match along {
                Along::X => ((x, y - half), [(x + half, y + half), (x - half, y + half)]),
                Along::Y => ((x - half, y), [(x + half, y + half), (x + half, y - half)]),
            };
            let [b, c] = base;
            let colour = sentinel(Tone::Ink);
            if mark.hollow {
                let rim = vec![tip, b, c, tip];
                self.root.draw(&PathElement::new(rim, colour.stroke_width(12)))?;
            } else {
                self.root.draw(&Polygon::new(vec![tip, b, c], colour.filled()))?;
            }
            let width = (mark.label.chars().count() as f64 * ADVANCE_PX) as i32 * SCALE;
            let from = x + half + 2 * SCALE;
            let next = marks.get(i + 1).map(|next| self.mark_at(next, along).0 - half);
            let free = next.is_none_or(|next| from + width <= next);
            if along == Along::X && free && from + width <= self.frame.right + half {
                let pos = Pos::new(HPos::Left, VPos::Center);
                self.text(&mark.label, (from, y), Ink::Muted, pos)?;
            }
        }
        Ok(())
    }
}
