//! The GPX 1.1 file that a service exports: positions, elevation, and heart rate and one-leg
//! cadence in an extension.

use std::fmt::Write as _;

use super::device::Recorded;
use super::write_tcx::{escape, utc};

/// What one count of cadence is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CountOf {
    /// Strides of one leg: nearly every exporter.
    #[default]
    Strides,
    /// Steps of both.
    Steps,
}

/// Whether the prefix of the extension is declared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Prefix {
    /// As it should be.
    #[default]
    Declared,
    /// Used without a declaration, as some exporters do.
    Undeclared,
}

/// How an exporter writes.
#[derive(Clone, Copy, Debug)]
pub struct GpxStyle {
    /// Name of the exporter.
    pub creator: &'static str,
    /// Prefix of the point extension.
    pub prefix: &'static str,
    /// Whether that is declared.
    pub declared: Prefix,
    /// What cadence counts.
    pub count: CountOf,
}

impl Default for GpxStyle {
    fn default() -> Self {
        Self {
            creator: "Garmin Connect",
            prefix: "ns3",
            declared: Prefix::Declared,
            count: CountOf::Strides,
        }
    }
}

/// Writes a track. A new segment begins after each timer stop.
pub fn write(recorded: &Recorded, title: &str, sport: &str) -> Vec<u8> {
    write_as(recorded, title, sport, GpxStyle::default())
}

/// Writes a track the way some exporter does.
pub fn write_as(recorded: &Recorded, title: &str, sport: &str, style: GpxStyle) -> Vec<u8> {
    let GpxStyle { creator, prefix, .. } = style;
    let declaration = match style.declared {
        Prefix::Declared => {
            format!(" xmlns:{prefix}=\"http://www.garmin.com/xmlschemas/TrackPointExtension/v1\"")
        }
        Prefix::Undeclared => String::new(),
    };
    let mut out = String::new();
    let start = utc(recorded.session.start_s);
    let _ = write!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <gpx creator=\"{creator}\" version=\"1.1\" \
         xmlns=\"http://www.topografix.com/GPX/1/1\"{declaration}>\n \
         <metadata><time>{start}</time></metadata>\n \
         <trk>\n  <name>{}</name>\n  <type>{sport}</type>\n  <trkseg>\n",
        escape(title)
    );
    let mut stops = recorded.stops.iter().peekable();
    for record in &recorded.records {
        if stops.next_if(|stop| stop.0 <= record.unix_s).is_some() {
            out.push_str("  </trkseg>\n  <trkseg>\n");
        }
        let Some((latitude, longitude)) = record.position else { continue };
        let _ = write!(out, "   <trkpt lat=\"{latitude:.7}\" lon=\"{longitude:.7}\">");
        if let Some(altitude_m) = record.altitude_m {
            let _ = write!(out, "<ele>{altitude_m:.1}</ele>");
        }
        let _ = write!(out, "<time>{}</time>", utc(record.unix_s));
        let _ = write!(out, "<extensions><{prefix}:TrackPointExtension>");
        if let Some(bpm) = record.heart_bpm {
            let _ = write!(out, "<{prefix}:hr>{bpm}</{prefix}:hr>");
        }
        if let Some(strides) = record.strides {
            let count = match style.count {
                CountOf::Strides => strides.floor(),
                CountOf::Steps => (2.0 * strides).floor(),
            };
            let _ = write!(out, "<{prefix}:cad>{count}</{prefix}:cad>");
        }
        let _ = writeln!(out, "</{prefix}:TrackPointExtension></extensions></trkpt>");
    }
    out.push_str("  </trkseg>\n </trk>\n</gpx>\n");
    out.into_bytes()
}
