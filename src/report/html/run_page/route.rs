//! The route of one run and the places on it.

use maud::{Markup, html};

use super::figures;
use crate::charts::run::{letter, shapes};
use crate::quantities::Quantities;
use crate::run::{Place, Route, RunDetail};
use crate::settings::Settings;

/// The section; nothing indoors.
pub fn route(detail: &RunDetail, settings: &Settings) -> Markup {
    if detail.indoor {
        return Markup::default();
    }
    let places = places(detail, Quantities::new(settings.display));
    html! {
        section #route-section aria-labelledby="route-t" {
            h2 id="route-t" { "Route" }
            @match &detail.route {
                Route::Drawn(shape) => {
                    @let charts = shapes(detail, shape, settings);
                    @match charts.as_slice() {
                        [one] => div.pair { (figures::figure(one)) (places) },
                        all => {
                            div.pair { @for chart in all { (figures::figure(chart)) } }
                            (places)
                        },
                    }
                },
                Route::NoPositions => {
                    p.empty { "The file has no positions, so there is no route to draw." }
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
fn places(detail: &RunDetail, said: Quantities) -> Markup {
    let drawn = |place: &Place| match &detail.route {
        Route::Drawn(shape) => shape.at_tick(place.tick).is_some(),
        _ => true,
    };
    let some_hidden = detail.places.iter().any(|p| !drawn(p));
    let (left, right) = detail.sharp_bends;
    html! {
        @if !detail.places.is_empty() || left + right > 0 {
            div.card {
                h3 { "Places on the route" }
                @if !detail.places.is_empty() {
                    ol.places {
                        @for (i, place) in detail.places.iter().enumerate() {
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
