//! The GPX 1.1 file that a service exports: positions, elevation, and heart rate and one-leg
//! cadence in an extension.

use std::fmt::Write as _;

use super::device::Recorded;
use super::write_tcx::{escape, utc};

/// Writes a track. A new segment begins after each timer stop.
pub fn write(recorded: &Recorded, title: &str, sport: &str) -> Vec<u8> {
    let mut out = String::new();
    let start = utc(recorded.session.start_s);
    let _ = write!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <gpx creator=\"Garmin Connect\" version=\"1.1\" \
         xmlns=\"http://www.topografix.com/GPX/1/1\" \
         xmlns:ns3=\"http://www.garmin.com/xmlschemas/TrackPointExtension/v1\">\n \
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
        out.push_str("<extensions><ns3:TrackPointExtension>");
        if let Some(bpm) = record.heart_bpm {
            let _ = write!(out, "<ns3:hr>{bpm}</ns3:hr>");
        }
        if let Some(strides) = record.strides {
            let _ = write!(out, "<ns3:cad>{}</ns3:cad>", strides.floor());
        }
        out.push_str("</ns3:TrackPointExtension></extensions></trkpt>\n");
    }
    out.push_str("  </trkseg>\n </trk>\n</gpx>\n");
    out.into_bytes()
}
