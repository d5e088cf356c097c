//! Every platform's recorded cases: what is stored, and the facts that are read in it.
//!
//! `platforms/<name>/cases/<capture type>[_<what is special>]/output.txt` and `rows.json`: the columns of each fact that
//! are not null. No line may be left that no rule reads, unless `unread.txt` beside it gives their number.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use ingest::Reader;
use model::Platforms;
use templates::{Layer, Library, Release};

/// The folder as it is now, without a new build of all that embeds it.
static PLATFORMS: LazyLock<Platforms> =
    LazyLock::new(|| Platforms::builtin().with_folder(Path::new("../../platforms")).expect("valid platforms"));

fn reader() -> Reader {
    let ours = Layer::new(Platforms::templates().chain(PLATFORMS.own_templates()));
    let library = Arc::new(Library::new(Arc::clone(Release::builtin()), ours, Layer::default()));
    Reader { platforms: &PLATFORMS, library }
}

/// `same.txt` beside `output.txt` is the proof: each filter leaves something out, and nothing that counts.
#[test]
fn every_platform_proves_what_it_takes_for_noise() {
    let (reader, mut wrong, mut proven) = (reader(), Vec::new(), 0);
    for platform in PLATFORMS.all() {
        let Some(spec) = platform.captures.get("configs") else { continue };
        let filters = spec.noise.len() + spec.noise_parts.len() + spec.noise_blocks.len() + spec.unordered.len();
        let mut of_configs = PLATFORMS.cases(&platform.name).filter(|c| PLATFORMS.type_of_case(c) == Some("configs"));
        match filters {
            0 => {}
            _ if !of_configs.any(|case| case.same.is_some()) => {
                wrong.push(format!("{} has no same.txt", platform.name))
            }
            _ => proven += 1,
        }
        let idle = reader.idle_filters(&platform.name, "configs");
        wrong.extend(idle.iter().map(|filter| format!("{}: no case has {filter}", platform.name)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(proven >= 20, "only {proven} platforms have filters");
}

/// A pattern that no recorded line needs is a guess: it may hide what nobody has seen.
#[test]
fn every_line_that_is_known_to_say_nothing_was_seen() {
    let (mut wrong, mut proven) = (Vec::new(), 0);
    for platform in PLATFORMS.all() {
        for (capture_type, spec) in &platform.captures {
            let cases = PLATFORMS.cases(&platform.name).filter(|c| PLATFORMS.type_of_case(c) == Some(capture_type));
            let texts: Vec<&str> = cases.filter_map(|c| c.output.as_deref()).collect();
            for pattern in &spec.known_lines {
                let whole = model::pattern::of(&format!("^(?:{pattern})$")).expect("a pattern");
                let is_seen = |text: &&str| text.lines().any(|line| whole.is_match(line.trim_end().as_bytes()));
                match texts.iter().any(is_seen) {
                    true => proven += 1,
                    false => wrong.push(format!("{} {capture_type}: no case has {pattern}", platform.name)),
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(proven > 40, "only {proven} patterns");
}

#[test]
fn every_case_reads_as_recorded() {
    let reader = reader();
    let (mut wrong, mut all) = (Vec::new(), 0);
    for platform in PLATFORMS.all().iter().filter(|p| !p.fingerprint.is_empty()) {
        let mut cases = 0;
        for case in PLATFORMS.cases(&platform.name) {
            cases += 1;
            if let Err(reason) = reader.check(case) {
                wrong.push(format!("../../platforms/{}/cases/{}: {reason}", platform.name, case.name));
            }
        }
        all += cases;
        if cases == 0 {
            wrong.push(format!("{} has no case", platform.name));
        }
    }
    assert!(all > 150, "only {all} cases were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The capture types of the tools that came before, as they called them.
const KNOWN: &str = "arp authentication authorization bgp-neighbor bgp-summary bgp-table bgp-table-detail cdp configs console int-status
    interface-status inventory ip_ssh lldp lldp-detail mac ntp_status ospf-neighbor port-channel radius routes snmp_server
    syslog tacacs version";

#[test]
fn four_vendors_have_each_capture_type_or_say_why_not() {
    let ours = Layer::new(Platforms::templates().chain(PLATFORMS.own_templates()));
    let library = Arc::new(Library::new(Arc::clone(Release::builtin()), ours, Layer::default()));
    let reader = Reader { platforms: &PLATFORMS, library };
    let mut gaps = Vec::new();
    let known = KNOWN.split_whitespace().map(|name| (name, PLATFORMS.capture_type(name)));
    gaps.extend(known.filter(|(_, ty)| ty.is_none()).map(|(name, _)| format!("nothing is called {name}")));
    for platform in ["cisco_ios", "cisco_nxos", "arista_eos", "juniper_junos"] {
        let platform = PLATFORMS.get(platform).expect("a platform");
        for (name, ty) in PLATFORMS.capture_types().filter(|(_, t)| t.snmp.is_empty()) {
            let why = platform.without.get(name);
            match platform.captures.get(name) {
                None if why.is_none() => gaps.push(format!("{} has no {name}, and does not say why", platform.name)),
                Some(_) if why.is_some() => gaps.push(format!("{} has {name}, and says why not", platform.name)),
                Some(spec) if ty.fact.is_some() => {
                    let read = |command: &String| {
                        let names = reader.templates(&platform.name, name, command);
                        names.is_some_and(|names| names.iter().all(|name| reader.library.source(name).is_some()))
                    };
                    let unread = spec.commands.iter().filter(|c| !read(c));
                    gaps.extend(unread.map(|c| format!("{}: no template reads `{c}` ({name})", platform.name)));
                    // Evidence: a case that is read.
                    let has_case = PLATFORMS.cases(&platform.name).any(|c| PLATFORMS.type_of_case(c) == Some(name));
                    if !has_case {
                        gaps.push(format!("{} has no case of {name}", platform.name));
                    }
                }
                _ => {}
            }
        }
    }
    assert!(gaps.is_empty(), "{}", gaps.join("\n"));
}
