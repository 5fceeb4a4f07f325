//! The sources that numbers and sentences rest on, printed where they are used.

/// A source.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    /// Key used by metrics and findings.
    pub key: &'static str,
    /// Authors, short.
    pub authors: &'static str,
    /// Year of publication.
    pub year: u16,
    /// Title or, for standards and where only the content was read, what it is, in brackets.
    pub title: &'static str,
    /// Journal and pages or publisher.
    pub published: &'static str,
    /// DOI or stable address, where known.
    pub link: Option<&'static str>,
}

/// All sources, by key.
pub const SOURCES: &[Source] = &[
    Source {
        key: "adams2016",
        authors: "Adams et al.",
        year: 2016,
        title: "Validity and reliability of a commercial fitness watch for measuring running \
                dynamics",
        published: "J Orthop Sports Phys Ther",
        link: None,
    },
    Source {
        key: "alentorn2017",
        authors: "Alentorn-Geli et al.",
        year: 2017,
        title: "[Systematic review with meta-analysis: recreational and competitive \
                running and arthritis of hip and knee; figures read second-hand]",
        published: "J Orthop Sports Phys Ther 47:373",
        link: None,
    },
    Source {
        key: "anderson2022",
        authors: "Anderson et al.",
        year: 2022,
        title: "What is the effect of changing running step rate on injury, performance and \
                biomechanics? A systematic review and meta-analysis",
        published: "Sports Med Open 8",
        link: Some("https://doi.org/10.1186/s40798-022-00504-0"),
    },
    Source {
        key: "beukeboom2000",
        authors: "Beukeboom et al.",
        year: 2000,
        title: "Prospective study of running injuries: inversion and eversion strength \
                imbalances associated with indoor track training",
        published: "Clin J Sport Med 10:245",
        link: None,
    },
    Source {
        key: "bonacci2018",
        authors: "Bonacci et al.",
        year: 2018,
        title: "[Pilot trial: gait retraining with higher step rate and minimalist shoes against \
                orthoses, 16 runners with kneecap pain]",
        published: "J Sci Med Sport 21:457",
        link: Some("https://pubmed.ncbi.nlm.nih.gov/28993130/"),
    },
    Source {
        key: "buist2008",
        authors: "Buist et al.",
        year: 2008,
        title: "No effect of a graded training program on the number of running-related injuries \
                in novice runners: a randomized controlled trial",
        published: "Am J Sports Med 36:33",
        link: None,
    },
    Source {
        key: "burns2019",
        authors: "Burns, Zendler, Zernicke",
        year: 2019,
        title: "Step frequency patterns of elite ultramarathon runners during a 100-km road race",
        published: "J Appl Physiol 126:462",
        link: None,
    },
    Source {
        key: "chan2018",
        authors: "Chan et al.",
        year: 2018,
        title: "Gait retraining for the reduction of injury occurrence in novice distance \
                runners: 1-year follow-up of a randomized controlled trial",
        published: "Am J Sports Med 46:388",
        link: Some("https://pubmed.ncbi.nlm.nih.gov/29065279/"),
    },
    Source {
        key: "damsted2019",
        authors: "Damsted et al.",
        year: 2019,
        title: "[Cohort of 261 runners preparing for a half marathon: weekly change of distance \
                and injury]",
        published: "J Orthop Sports Phys Ther 49:230",
        link: None,
    },
    Source {
        key: "deruiter2014",
        authors: "de Ruiter et al.",
        year: 2014,
        title: "Stride frequency in relation to oxygen consumption in experienced and novice \
                runners",
        published: "Eur J Sport Sci 14:251",
        link: None,
    },
    Source {
        key: "dewolf2016",
        authors: "Dewolf et al.",
        year: 2016,
        title: "The rebound of the body during uphill and downhill running at different speeds",
        published: "J Exp Biol 219:2276",
        link: None,
    },
    Source {
        key: "efron1979",
        authors: "Efron",
        year: 1979,
        title: "Bootstrap methods: another look at the jackknife",
        published: "Ann Stat 7:1",
        link: None,
    },
    Source {
        key: "esculier2018",
        authors: "Esculier et al.",
        year: 2018,
        title: "[Randomised trial: gait retraining or exercises with education against education \
                alone, 69 runners with kneecap pain]",
        published: "Br J Sports Med 52:659",
        link: None,
    },
    Source {
        key: "foster1998",
        authors: "Foster",
        year: 1998,
        title: "[Training load, monotony and strain against illness in 25 athletes]",
        published: "Med Sci Sports Exerc 30:1164",
        link: None,
    },
    Source {
        key: "frandsen2025",
        authors: "Frandsen et al.",
        year: 2025,
        title: "How much running is too much? Identifying high-risk running sessions in a \
                5200-person cohort study",
        published: "Br J Sports Med 59:1203",
        link: Some("https://pubmed.ncbi.nlm.nih.gov/40623829/"),
    },
    Source {
        key: "gehlsen1989",
        authors: "Gehlsen et al.",
        year: 1989,
        title: "Knee kinematics: the effects of running on cambers",
        published: "Med Sci Sports Exerc 21",
        link: None,
    },
    Source {
        key: "gottschall2005",
        authors: "Gottschall, Kram",
        year: 2005,
        title: "Ground reaction forces during downhill and uphill running",
        published: "J Biomech 38:445",
        link: None,
    },
    Source {
        key: "hardin2004",
        authors: "Hardin, van den Bogert, Hamill",
        year: 2004,
        title: "Kinematic adaptations during running: effects of footwear, surface, and duration",
        published: "Med Sci Sports Exerc 36:838",
        link: None,
    },
    Source {
        key: "heiderscheit2011",
        authors: "Heiderscheit et al.",
        year: 2011,
        title: "Effects of step rate manipulation on joint mechanics during running",
        published: "Med Sci Sports Exerc 43:296",
        link: None,
    },
    Source {
        key: "hott2020",
        authors: "Hott et al.",
        year: 2020,
        title: "[Randomised trial: hip, knee or free exercise, 112 people with kneecap \
                pain, one year]",
        published: "Scand J Med Sci Sports",
        link: None,
    },
    Source {
        key: "imbach2020",
        authors: "Imbach et al.",
        year: 2020,
        title: "Validity of the Stryd power meter in measuring running parameters at submaximal \
                speeds",
        published: "Sports 8",
        link: None,
    },
    Source {
        key: "impellizzeri2020",
        authors: "Impellizzeri et al.",
        year: 2020,
        title: "[Method: random chronic loads give the same associations as real ones]",
        published: "Sports Med",
        link: None,
    },
    Source {
        key: "kliethermes2021",
        authors: "Kliethermes et al.",
        year: 2021,
        title: "[Lower step rate and bone stress injury in 54 collegiate cross-country runners]",
        published: "Br J Sports Med 55:851",
        link: None,
    },
    Source {
        key: "lenhart2014",
        authors: "Lenhart et al.",
        year: 2014,
        title: "Increasing running step rate reduces patellofemoral joint forces",
        published: "Med Sci Sports Exerc 46:557",
        link: None,
    },
    Source {
        key: "leppanen2024",
        authors: "Leppanen et al.",
        year: 2024,
        title: "[Randomised trial: hip and core, or ankle and foot programme, against \
                stretching, 325 novice runners, 24 weeks supervised]",
        published: "Br J Sports Med 58:722",
        link: None,
    },
    Source {
        key: "lieberman2015",
        authors: "Lieberman et al.",
        year: 2015,
        title: "Effects of stride frequency and foot position at landing on braking force, hip \
                torque, impact peak force and the metabolic cost of running in humans",
        published: "J Exp Biol 218:3406",
        link: None,
    },
    Source {
        key: "lolli2019",
        authors: "Lolli et al.",
        year: 2019,
        title: "[Method: acute and chronic load share days, which makes a correlation of its own]",
        published: "Br J Sports Med 53:921",
        link: None,
    },
    Source {
        key: "luedke2016",
        authors: "Luedke et al.",
        year: 2016,
        title: "Influence of step rate on shin injury and anterior knee pain in high school \
                runners",
        published: "Med Sci Sports Exerc 48:1244",
        link: None,
    },
    Source {
        key: "malisoux2022",
        authors: "Malisoux et al.",
        year: 2022,
        title: "[Spatiotemporal and ground-reaction variables and running injury, 848 runners \
                over 6 months]",
        published: "Am J Sports Med",
        link: Some("https://pubmed.ncbi.nlm.nih.gov/35049407/"),
    },
    Source {
        key: "malisoux2024",
        authors: "Malisoux et al.",
        year: 2024,
        title: "[Gait asymmetry and running injury, 836 runners]",
        published: "BMJ Open Sport Exerc Med",
        link: None,
    },
    Source {
        key: "messier1995",
        authors: "Messier et al.",
        year: 1995,
        title: "Etiology of iliotibial band friction syndrome in distance runners",
        published: "Med Sci Sports Exerc 27",
        link: None,
    },
    Source {
        key: "minetti2002",
        authors: "Minetti et al.",
        year: 2002,
        title: "Energy cost of walking and running at extreme uphill and downhill slopes",
        published: "J Appl Physiol 93:1039",
        link: Some("https://doi.org/10.1152/japplphysiol.01177.2001"),
    },
    Source {
        key: "mtibaa2023",
        authors: "Mtibaa et al.",
        year: 2023,
        title: "[Symmetry of contact and flight over 30 minutes, 12 trained runners]",
        published: "Front Physiol",
        link: None,
    },
    Source {
        key: "nielsen2014",
        authors: "Nielsen et al.",
        year: 2014,
        title: "Excessive progression in weekly running distance and risk of running-related \
                injuries: an association which varies according to type of injury",
        published: "J Orthop Sports Phys Ther 44",
        link: None,
    },
    Source {
        key: "oconnor2002",
        authors: "O'Connor, Hamill",
        year: 2002,
        title: "Does running on a cambered road predispose a runner to injury?",
        published: "J Appl Biomech 18:3",
        link: None,
    },
    Source {
        key: "own_archives",
        authors: "The authors of lightfoot",
        year: 2026,
        title: "[Measurements on seven runners' own archives: 4,824 runs with cadence on 14 \
                watches, up to ten years]",
        published: "not published; made for this program",
        link: None,
    },
    Source {
        key: "padulo2013",
        authors: "Padulo et al.",
        year: 2013,
        title: "[Step frequency and step length of 18 runners on slopes up to 7 %]",
        published: "PLoS ONE 8:e69006",
        link: None,
    },
    Source {
        key: "petersen2015",
        authors: "Petersen et al.",
        year: 2015,
        title: "[Cumulative knee load per kilometre at 8, 12 and 16 km/h, 16 runners]",
        published: "J Orthop Sports Phys Ther",
        link: None,
    },
    Source {
        key: "schubert2014",
        authors: "Schubert et al.",
        year: 2014,
        title: "Influence of stride frequency and length on running mechanics: a systematic \
                review",
        published: "Sports Health 6:210",
        link: None,
    },
    Source {
        key: "sen1968",
        authors: "Sen",
        year: 1968,
        title: "Estimates of the regression coefficient based on Kendall's tau",
        published: "J Am Stat Assoc 63:1379",
        link: None,
    },
    Source {
        key: "stance_meta2022",
        authors: "Systematic review with meta-analysis",
        year: 2022,
        title: "[Inertial sensors in running: step frequency, stance and flight time against \
                laboratory measurement]",
        published: "PMC9237201",
        link: Some("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC9237201/"),
    },
    Source {
        key: "szymanek2020",
        authors: "Prospective study of 381 adult runners",
        year: 2020,
        title: "Is step rate associated with running injury incidence? An observational study \
                with 9-month follow-up",
        published: "PubMed 32269855",
        link: Some("https://pubmed.ncbi.nlm.nih.gov/32269855/"),
    },
    Source {
        key: "telhan2010",
        authors: "Telhan et al.",
        year: 2010,
        title: "Lower limb joint kinetics during moderately sloped running",
        published: "J Athl Train 45:16",
        link: None,
    },
    Source {
        key: "toresdahl2020",
        authors: "Toresdahl et al.",
        year: 2020,
        title: "[Randomised trial: strength programme without supervision, 720 \
                first-time marathon runners]",
        published: "Sports Health 12:74",
        link: None,
    },
    Source {
        key: "trek_patellofemoral",
        authors: "TREK Education",
        year: 2024,
        title: "[Education pages for people with patellofemoral pain, as \
                physiotherapists teach it; the year is that of reading]",
        published: "patellofemoral.trekeducation.org",
        link: Some("https://patellofemoral.trekeducation.org"),
    },
    Source {
        key: "txdot",
        authors: "Texas Department of Transportation",
        year: 2024,
        title: "[Roadway design: cross slope of pavements, usual 2 %, normally at most 3 %]",
        published: "Roadway Design Manual",
        link: None,
    },
    Source {
        key: "vanderworp2015",
        authors: "van der Worp et al.",
        year: 2015,
        title: "[Systematic review: what goes with injury in women and men who run, 15 \
                cohorts]",
        published: "PMC4338213",
        link: Some("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC4338213/"),
    },
    Source {
        key: "vanmechelen1993",
        authors: "van Mechelen et al.",
        year: 1993,
        title: "Prevention of running injuries by warm-up, cool-down, and stretching exercises",
        published: "Am J Sports Med 21:711",
        link: None,
    },
    Source {
        key: "vanoeveren2021",
        authors: "van Oeveren et al.",
        year: 2021,
        title: "The biomechanics of running and running styles: a synthesis",
        published: "Sports Biomech 23:516",
        link: None,
    },
    Source {
        key: "vernillo2017",
        authors: "Vernillo et al.",
        year: 2017,
        title: "Biomechanics and physiology of uphill and downhill running",
        published: "Sports Med 47:615",
        link: None,
    },
    Source {
        key: "willson2014",
        authors: "Willson et al.",
        year: 2014,
        title: "[Step length and patellofemoral joint stress, 23 women with and without kneecap \
                pain]",
        published: "Clin Biomech 29:243",
        link: None,
    },
    Source {
        key: "willy2016",
        authors: "Willy et al.",
        year: 2016,
        title: "[In-field gait retraining with a watch: +7.5 % step rate, 30 runners]",
        published: "Scand J Med Sci Sports 26:197",
        link: None,
    },
    Source {
        key: "zifchock2008",
        authors: "Zifchock et al.",
        year: 2008,
        title: "The symmetry angle: a novel, robust method of quantifying asymmetry",
        published: "Gait Posture 27:622",
        link: None,
    },
];

/// A source by its key.
pub fn source(key: &str) -> Option<&'static Source> {
    SOURCES.iter().find(|s| s.key == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_unique_and_in_order() {
        assert!(SOURCES.windows(2).all(|w| w[0].key < w[1].key));
    }
}
