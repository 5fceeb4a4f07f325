//! The TCX file that a service exports: laps with trackpoints, speed and one-leg cadence in an
//! extension.

use std::fmt::Write as _;

use super::device::{Record, Recorded, Summary};

/// Writes an activity; `sport` is `Running`, `Biking` or `Other`.
pub fn write(recorded: &Recorded, sport: &str) -> Vec<u8> {
    let mut out = String::new();
    let _ = write!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <TrainingCenterDatabase \
         xmlns=\"http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2\" \
         xmlns:ns3=\"http://www.garmin.com/xmlschemas/ActivityExtension/v2\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n \
         <Activities>\n  <Activity Sport=\"{sport}\">\n   <Id>{}</Id>\n",
        utc(recorded.session.start_s)
    );
    let mut records = recorded.records.iter().peekable();
    for lap in &recorded.laps {
        lap_head(&mut out, lap);
        let mut stops = recorded.stops.iter().filter(|s| s.0 > lap.start_s).peekable();
        while let Some(record) = records.next_if(|r| r.unix_s < lap.end_s) {
            if stops.next_if(|stop| stop.0 <= record.unix_s).is_some() {
                out.push_str("    </Track>\n    <Track>\n");
            }
            point(&mut out, record);
        }
        out.push_str("    </Track>\n");
        lap_tail(&mut out, lap);
    }
    let device = &recorded.device;
    let _ = write!(
        out,
        "   <Creator xsi:type=\"Device_t\"><Name>{}</Name><UnitId>{}</UnitId>\
         <ProductID>{}</ProductID><Version><VersionMajor>{}</VersionMajor>\
         <VersionMinor>{}</VersionMinor></Version></Creator>\n  \
         </Activity>\n </Activities>\n</TrainingCenterDatabase>\n",
        escape(device.name),
        device.serial,
        device.product,
        device.firmware / 100,
        device.firmware % 100
    );
    out.into_bytes()
}

fn lap_head(out: &mut String, lap: &Summary) {
    let _ = write!(
        out,
        "   <Lap StartTime=\"{}\">\n    <TotalTimeSeconds>{}</TotalTimeSeconds>\n    \
         <DistanceMeters>{:.2}</DistanceMeters>\n    <MaximumSpeed>{:.3}</MaximumSpeed>\n    \
         <Calories>0</Calories>\n",
        utc(lap.start_s),
        lap.timer_s,
        lap.distance_m,
        lap.max_speed_m_s
    );
    if let Some((mean, top)) = lap.heart_bpm {
        let _ = write!(
            out,
            "    <AverageHeartRateBpm><Value>{mean}</Value></AverageHeartRateBpm>\n    \
             <MaximumHeartRateBpm><Value>{top}</Value></MaximumHeartRateBpm>\n"
        );
    }
    out.push_str("    <Intensity>Active</Intensity>\n    <TriggerMethod>Manual</TriggerMethod>\n");
    out.push_str("    <Track>\n");
}

fn lap_tail(out: &mut String, lap: &Summary) {
    let mean_m_s = if lap.timer_s > 0.0 { lap.distance_m / lap.timer_s } else { 0.0 };
    let _ = write!(out, "    <Extensions><ns3:LX><ns3:AvgSpeed>{mean_m_s:.3}</ns3:AvgSpeed>");
    if let Some(strides) = lap.strides {
        let _ = write!(out, "<ns3:AvgRunCadence>{}</ns3:AvgRunCadence>", strides.floor());
    }
    if let Some(strides) = lap.max_strides {
        let _ = write!(out, "<ns3:MaxRunCadence>{}</ns3:MaxRunCadence>", strides.floor());
    }
    out.push_str("</ns3:LX></Extensions>\n   </Lap>\n");
}

fn point(out: &mut String, record: &Record) {
    let _ = write!(out, "     <Trackpoint><Time>{}</Time>", utc(record.unix_s));
    if let Some((latitude, longitude)) = record.position {
        let _ = write!(
            out,
            "<Position><LatitudeDegrees>{latitude:.7}</LatitudeDegrees>\
             <LongitudeDegrees>{longitude:.7}</LongitudeDegrees></Position>"
        );
    }
    if let Some(altitude_m) = record.altitude_m {
        let _ = write!(out, "<AltitudeMeters>{altitude_m:.1}</AltitudeMeters>");
    }
    let _ = write!(out, "<DistanceMeters>{:.2}</DistanceMeters>", record.distance_m);
    if let Some(bpm) = record.heart_bpm {
        let _ = write!(out, "<HeartRateBpm><Value>{bpm}</Value></HeartRateBpm>");
    }
    let _ = write!(out, "<Extensions><ns3:TPX><ns3:Speed>{:.3}</ns3:Speed>", record.speed_m_s);
    if let Some(strides) = record.strides {
        let _ = write!(out, "<ns3:RunCadence>{}</ns3:RunCadence>", strides.floor());
    }
    out.push_str("</ns3:TPX></Extensions></Trackpoint>\n");
}

/// A time as these formats write it: `2026-03-03T08:00:00.000Z`.
pub fn utc(unix_s: i64) -> String {
    let time = jiff::Timestamp::from_second(unix_s).unwrap();
    time.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string()
}

/// Text safe inside an element.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
