//! The helpers of the predecessors, by their own names.

use serde_json::Value;

use crate::bench::{Bench, Site};
use crate::jobs::{V2, velocity, write};

const SESSIONS: &str = "
- folder_name: usa
  sessions:
  - {display_name: usa-rtr-1, host: 10.0.0.1, port: '22', Vendor: Cisco IOS, DeviceType: cisco_ios}
  - {display_name: fra-leaf-1, host: 10.0.0.2, port: '22', Vendor: Arista, DeviceType: arista_eos}
";

#[test]
fn the_helpers_of_the_predecessors_go_by_their_own_names() {
    let bench = Bench::new();
    let site = Site::new(12, 1, 153);
    bench.discover(&site, &[]).ok();
    let sessions = write(&bench, "sessions.yaml", SESSIONS);
    let folder = bench.dir.path().join("jobs");
    let shown = folder.display();

    let made = velocity(
        &bench,
        &format!(
            "generate_capture_jobs.py --sessions {sessions} --output-dir {shown} --capture-types version,lldp --json"
        ),
    );
    let made = made.ok().json();
    let files = std::fs::read_dir(&folder).expect("a folder").flatten().map(|f| f.file_name());
    let mut files: Vec<String> = files.map(|name| name.to_string_lossy().into_owned()).collect();
    files.sort();
    let named = |name: &str| files.iter().filter(|file| file.contains(name)).count();
    assert_eq!((named("cisco"), named("arista"), files.len()), (2, 2, 5), "{made}: {files:?}");
    let list = folder.join("job_list.txt");
    let text = std::fs::read_to_string(&list).expect("the list");
    assert_eq!(text.lines().count(), 4, "{text}");

    // One that is not there stops no other.
    std::fs::write(&list, format!("# by hand\n\n{text}gone.json\n")).expect("written");
    let account = |args: String| bench.run(&args.split(' ').collect::<Vec<_>>(), &site.password());
    let list = write(&bench, "elsewhere/list.txt", &std::fs::read_to_string(&list).expect("the list"));
    let flags = "--user admin --password-stdin";
    let batch = account(format!("run_jobs_batch.py {list} --verbose --jobs-folder {shown} {flags} --json"));
    let report = batch.json();
    let of = |path: &str| report.pointer(path).cloned().unwrap_or_default();
    assert_eq!((batch.code, of("/jobs_total"), of("/jobs_succeeded")), (3, 4.into(), 4.into()), "{batch:?}");
    assert!(batch.err.contains("left out") && of("/missing/0/0").as_str().is_some_and(|f| f.contains("gone.json")));

    let simple = format!("run_jobs_simple.py {list} --max-workers 5 --json-progress --jobs-folder {shown} {flags}");
    let simple = account(simple);
    let lines: Vec<Value> =
        simple.out.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    let count = |event: &str| lines.iter().filter(|line| line["event"] == event).count();
    assert_eq!((count("collection_started"), count("collection_complete")), (4, 4), "{simple:?}");
    let last = lines.iter().rfind(|line| line["event"] == "collection_progress").expect("progress");
    assert_eq!((&last["progress"], &last["remaining"]), (&100.into(), &0.into()), "{last}");
    assert_eq!(simple.code, 3, "{simple:?}");

    let theirs = write(&bench, "theirs/job_301_cisco_arp.json", V2).replace("/job_301_cisco_arp.json", "");
    velocity(&bench, &format!("validate_jobs.py {theirs}")).ok();
    velocity(&bench, &format!("migrate_jobs.py --jobs-dir {theirs}")).ok();
    velocity(&bench, "jobs show cisco-arp-301").ok();
}
