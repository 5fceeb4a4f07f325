//! The points of a series in a few bytes each: there is one for every run and trended metric.

use serde::Serialize;
use serde::ser::Serializer;

use crate::activity::packed::{Packer, Steps, Unpacker};

/// One run's value in a series.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Point {
    /// Index of the run.
    pub run: usize,
    /// Epoch of the run.
    pub epoch: usize,
    /// Value in the metric's unit.
    pub value: f64,
    /// 95 % interval of this run's value, where it has one.
    pub interval: Option<(f64, f64)>,
    /// Whether it rests on enough running to count in a trend; otherwise it is only shown.
    pub trended: bool,
}

/// Points in order. They are kept packed and given out one by one, to the last bit.
#[derive(Clone, Default, PartialEq)]
pub struct Points {
    count: usize,
    bytes: Box<[u8]>,
}

/// Runs follow each other, and mostly on one device.
struct Columns {
    run: Steps,
    epoch: Steps,
}

impl Columns {
    fn new() -> Self {
        Self { run: Steps::per_unit(1.0), epoch: Steps::per_unit(1.0) }
    }
}

impl Points {
    /// How many.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// One after the other.
    pub fn iter(&self) -> Iter<'_> {
        Iter { left: self.count, bytes: Unpacker::new(&self.bytes), columns: Columns::new() }
    }
}

impl FromIterator<Point> for Points {
    fn from_iter<I: IntoIterator<Item = Point>>(points: I) -> Self {
        let (mut count, mut out, mut columns) = (0, Packer::default(), Columns::new());
        for point in points {
            count += 1;
            out.stepped(Some(point.run as f64), &mut columns.run);
            out.stepped(Some(point.epoch as f64), &mut columns.epoch);
            out.exact(Some(point.value));
            let (low, high) = point.interval.unzip();
            out.exact(low);
            out.exact(high);
            out.exact(point.trended.then_some(0.0));
        }
        Self { count, bytes: out.finish() }
    }
}

impl std::fmt::Debug for Points {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self).finish()
    }
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self)
    }
}

impl<'a> IntoIterator for &'a Points {
    type Item = Point;
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

/// The points of a series, one after the other.
pub struct Iter<'a> {
    left: usize,
    bytes: Unpacker<'a>,
    columns: Columns,
}

impl Iterator for Iter<'_> {
    type Item = Point;

    fn next(&mut self) -> Option<Point> {
        self.left = self.left.checked_sub(1)?;
        let (bytes, columns) = (&mut self.bytes, &mut self.columns);
        let run = bytes.stepped(&mut columns.run)? as usize;
        let epoch = bytes.stepped(&mut columns.epoch)? as usize;
        let value = bytes.exact()?;
        let (low, high) = (bytes.exact(), bytes.exact());
        let trended = bytes.exact().is_some();
        Some(Point { run, epoch, value, interval: low.zip(high), trended })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Iter<'_> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_come_back_as_they_were() {
        let before: Vec<Point> = (0..400)
            .map(|k| Point {
                run: 3 * k + k / 7,
                epoch: (k / 90) % 3,
                value: 170.0 + (k as f64).sin(),
                interval: (k % 3 > 0).then(|| (168.0 + (k as f64).cos(), 172.5)),
                trended: k % 5 > 0,
            })
            .collect();
        let kept: Points = before.iter().copied().collect();
        assert_eq!((kept.len(), kept.iter().len()), (400, 400));
        assert!(kept.iter().eq(before.iter().copied()));
        assert!(2 * kept.bytes.len() < size_of::<Point>() * before.len());
        assert!(Points::default().is_empty());
    }
}
