//! Jobs: kept, run, validated, taken over from the predecessors, in batches; and what becomes of their executions.

use std::path::Path;

use serde_json::Value;

use crate::bench::{Bench, Said, Site};

pub fn velocity(bench: &Bench, args: &str) -> Said {
    bench.run(&args.split(' ').collect::<Vec<_>>(), "")
}

/// With an account, as `run` needs one.
fn run(bench: &Bench, site: &Site, args: &str) -> Said {
    let args = format!("{args} --user admin --password-stdin -y --json");
    bench.run(&args.split(' ').collect::<Vec<_>>(), &site.password())
}

pub fn of<'v>(value: &'v Value, path: &str) -> &'v Value {
    value.pointer(path).unwrap_or_else(|| panic!("{path} in {value}"))
}

pub fn write(bench: &Bench, name: &str, text: &str) -> String {
    let path = bench.dir.path().join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(&path, text).expect("written");
    path.to_str().expect("a path").to_owned()
}

pub const V2: &str = r#"{"version": "2.0", "job_id": 301, "capture_type": "arp", "vendor": "cisco", "protocol": "ssh",
    "device_filter": {"source": "database", "vendor": "cisco", "site": null, "role": null, "name_pattern": null},
    "validation": {"use_tfsm": true, "tfsm_filter": "arp", "min_score": 1, "store_failures": true},
    "commands": {"paging_disable": "terminal length 0", "command": "show ip arp,,", "output_directory": "arp"},
    "execution": {"max_workers": 12, "timeout": 60, "inter_command_time": 0}}"#;

const V1: &str = r#"{"version": "1.0", "session_file": "sessions.yaml", "vendor": {"selected": "cisco ios"},
    "filters": {"vendor": "cisco ios"}, "commands": {"command_text": "enable,terminal length 0,show running-config",
    "output_directory": "configs"}, "execution": {"prompt_count": 4, "timeout": 15}}"#;

#[test]
fn a_job_is_kept_run_changed_and_taken_back() {
    let bench = Bench::new();
    let site = Site::new(12, 1, 151);
    bench.discover(&site, &[]).ok();
    bench.run(&["job", "create", "Daily Backup", "--captures", "config,inventory", "--tag", "daily"], "").ok();
    let job = velocity(&bench, "jobs show daily-backup --json").ok().json();
    assert_eq!(*of(&job, "/what/captures"), serde_json::json!(["configs", "inventory"]), "by their own names");
    assert_eq!((of(&job, "/devices").as_u64(), of(&job, "/last_run").is_null()), (Some(12), true));

    let dry = run(&bench, &site, "run --tag daily --limit 5 --dry-run").ok().json();
    let plan = of(&dry, "/0/plan");
    assert_eq!((of(plan, "/devices").as_array().map(Vec::len), of(plan, "/matching").as_u64()), (Some(5), Some(12)));
    assert!(
        velocity(&bench, "executions list --job daily-backup --json").ok().json().as_array().expect("runs").is_empty()
    );

    let report = run(&bench, &site, "run --job daily-backup").ok().json();
    assert_eq!(of(&report, "/jobs/0/report/captures_created/configs").as_u64(), Some(12), "{report}");
    let job = velocity(&bench, "job show daily-backup --json").ok().json();
    assert_eq!((of(&job, "/last_run/state").as_str(), of(&job, "/last_run/id").as_u64()), (Some("success"), Some(2)));
    let history = velocity(&bench, "jobs history --job daily-backup --limit 20 --json").ok().json();
    assert_eq!((of(&history, "/0/job").as_str(), history.as_array().map(Vec::len)), (Some("daily-backup"), Some(1)));

    velocity(&bench, "job edit daily-backup --captures arp --role core --delay 0 --tag -daily --if-version 1").ok();
    let refused = velocity(&bench, "job edit daily-backup --timeout 5 --if-version 1");
    assert_eq!((refused.code, refused.err.contains("version 2")), (1, true), "{refused:?}");
    let wrong = velocity(&bench, "job edit daily-backup --captures nonsense --delay 99 --validate 3");
    assert!(wrong.code == 2 && ["nonsense", "delay", "validate"].iter().all(|w| wrong.err.contains(w)), "{wrong:?}");
    let copy = velocity(&bench, "job duplicate daily-backup --json").ok().json();
    assert_eq!(of(&copy, "/records/0/name").as_str(), Some("daily-backup-copy"));
    velocity(&bench, "job disable daily-backup*").ok();
    let refused = velocity(&bench, "run --all-enabled");
    assert_eq!((refused.code, refused.err.contains("no job that is enabled")), (1, true), "{refused:?}");

    let kept = velocity(&bench, "jobs export").ok().out;
    let deleted = velocity(&bench, "jobs delete --all -y --json").ok().json();
    assert_eq!(velocity(&bench, "executions show 2 --json").ok().json()["run"]["job"], Value::Null, "it stays");
    velocity(&bench, &format!("undo run {}", of(&deleted, "/undo"))).ok();
    assert_eq!(velocity(&bench, "jobs export").ok().out, kept);
    assert_eq!(velocity(&bench, "executions show 2 --json").ok().json()["run"]["job"], "daily-backup");
    let file = write(&bench, "jobs.yaml", &kept);
    let again = velocity(&bench, &format!("job apply {file} --json")).ok().json();
    let effects = of(&again, "/written/records").as_array().expect("records").iter().map(|r| r["effect"].as_str());
    assert_eq!(effects.collect::<Vec<_>>(), [Some("unchanged"); 2], "what was written out is read back as it was");
}

#[test]
fn own_commands_are_kept_validated_and_never_replace_the_last_good_ones() {
    let bench = Bench::new();
    let site = Site::new(12, 1, 152);
    bench.discover(&site, &[]).ok();
    let create = ["jobs", "create", "--name", "Vlans too", "--type", "vlans-own", "--command", "show vlan brief"];
    bench
        .run(
            &[&create[..], &["--command", "show version", "--platform", "cisco_ios", "--validate", "0.5"]].concat(),
            "",
        )
        .ok();
    let report = run(&bench, &site, "run --job vlans-too").json();
    let devices = of(&report, "/devices_total").as_u64().expect("a count");
    let kept = of(&report, "/jobs/0/report/captures_created/vlans-own-show-version").as_u64();
    assert!(devices > 0 && kept == Some(devices), "{report}");
    let device = velocity(&bench, "devices list platform=cisco_ios --json").ok().json()[0]["slug"].clone();
    let device = device.as_str().expect("a slug").to_owned();
    let shown = velocity(&bench, &format!("captures show {device} vlans-own-show-version")).ok().out;
    assert!(shown.contains("Cisco IOS"), "{shown}");
    assert!(bench.home().join(format!("collections/vlans-own-show-version/{device}.txt")).is_file());

    bench.capture(&site, "arp", &[]).ok();
    let arp = |bench: &Bench| {
        velocity(bench, &format!("captures show {device} arp --json")).ok().json()["capture"]["id"].clone()
    };
    let versions = || velocity(&bench, &format!("captures list {device} --type arp --json")).ok().json();
    let good = arp(&bench);
    velocity(&bench, "job create Arp --captures arp --validate 0.9 --rows 10000").ok();
    let said = run(&bench, &site, "run --job arp");
    let report = said.json();
    assert_eq!(
        (said.code, of(&report, "/jobs/0/report/failed_devices/0/class").as_str()),
        (1, Some("validation_failed"))
    );
    let message = of(&report, "/jobs/0/report/failed_devices/0/message").as_str().expect("a message");
    assert!(message.contains("of 10000 rows expected") && message.contains("not saved"), "{message}");
    assert_eq!((arp(&bench), versions().as_array().map(Vec::len)), (good.clone(), Some(1)), "nothing was saved");

    site.running.change(&device).expect("change");
    run(&bench, &site, "run --job arp --force-save --debug");
    let all = versions();
    let marked = all.as_array().expect("versions").iter().filter(|c| c["completeness"]["state"] == "invalid").count();
    assert_eq!((arp(&bench), marked), (good, 1), "kept, marked, and not the last good one: {all}");
    let none = run(&bench, &site, "run --job arp --no-save").json();
    assert!(of(&none, "/jobs/0/report/run").is_null() && of(&none, "/jobs/0/report/devices_failed") != 0, "{none}");
    let telling = run(&bench, &site, "run --job arp --quiet --debug --limit 1 --no-save").json();
    assert!(telling.to_string().contains("[score="), "{telling}");
}

#[test]
fn jobs_of_the_predecessors_are_taken_over_and_run_as_they_are() {
    let bench = Bench::new();
    let site = Site::new(12, 1, 153);
    bench.discover(&site, &[]).ok();
    let v2 = write(&bench, "jobs_v2/job_301_cisco-ios_arp.json", V2);
    write(&bench, "jobs_v2/job_328_cisco-ios_configs.json", V1);
    write(&bench, "jobs_v2/broken.json", "{");
    let regex = V1.replace(r#""filters": {"#, r#""filters": {"name": "(usa|fra)-", "#);
    write(&bench, "jobs_v2/job_9_cisco-ios_configs.json", &regex);
    let folder = Path::new(&v2).parent().expect("a folder").to_str().expect("a path").to_owned();

    let listed = velocity(&bench, &format!("jobs list --legacy --dir {folder} --json")).ok().json();
    assert_eq!(listed.as_array().map(Vec::len), Some(2), "{listed}");
    let dry = velocity(&bench, &format!("jobs migrate --dir {folder} --dry-run --json"));
    assert_eq!((dry.code, of(&dry.json(), "/problems").as_array().map(Vec::len)), (3, Some(2)), "{dry:?}");
    assert!(dry.out.contains("regular expression"), "never more devices than it had: {dry:?}");
    assert!(velocity(&bench, "jobs list --json").ok().json().as_array().expect("jobs").is_empty(), "a dry run");

    // A file is run as it is; one that is missing stops no other.
    let said = run(&bench, &site, &format!("run --job {v2} /nowhere/else.json"));
    let report = said.json();
    assert_eq!((said.code, of(&report, "/jobs_succeeded").as_u64()), (3, Some(1)), "{said:?}");
    assert!(of(&report, "/missing/0/1").as_str().expect("why").contains("No such file"), "{report}");
    let alone = run(&bench, &site, "run --job /nowhere/else.json");
    assert_eq!(alone.code, 1, "{alone:?}");

    velocity(&bench, &format!("jobs migrate --dir {folder}"));
    let job = velocity(&bench, "jobs show cisco-ios-arp-301 --json").ok().json();
    assert_eq!(*of(&job, "/what"), serde_json::json!({ "captures": ["arp"] }), "our own command is read best");
    assert_eq!((of(&job, "/how/concurrency").as_u64(), of(&job, "/how/save").as_str()), (Some(12), Some("all")));
    let both = run(&bench, &site, "run --jobs cisco-ios-a* cisco-ios-c* --parallel --max-concurrent 2").ok().json();
    assert_eq!((of(&both, "/jobs_total").as_u64(), of(&both, "/state").as_str()), (Some(2), Some("success")), "{both}");
    let starter = velocity(&bench, "job starter --json").ok().json();
    assert!(of(&starter, "/records").as_array().map(Vec::len) >= Some(100), "{starter}");
    assert_eq!(velocity(&bench, "jobs validate").code, 0);
}

#[test]
fn a_batch_goes_in_its_order_and_stops_where_it_should() {
    let bench = Bench::new();
    let site = Site::new(12, 1, 154);
    bench.discover(&site, &[]).ok();
    velocity(&bench, "job create good --captures version").ok();
    velocity(&bench, "job create bad --captures arp --validate 0.9 --rows 10000").ok();
    bench.run(&["batch", "create", "Night run", "--jobs", "good,bad", "--delay", "0"], "").ok();
    let missing = velocity(&bench, "batch create x --jobs good,nothing");
    assert_eq!((missing.code, missing.err.contains("nothing")), (1, true), "{missing:?}");
    let said = run(&bench, &site, "batch run night-run");
    let report = said.json();
    let states = |r: &Value| r["jobs"].as_array().expect("jobs").iter().map(|j| j["state"].clone()).collect::<Vec<_>>();
    assert_eq!((said.code, states(&report)), (3, vec!["success".into(), "failed".into()]), "{report}");
    let of_batch = velocity(&bench, "executions list --batch night-run --json").ok().json();
    assert_eq!(of_batch.as_array().map(Vec::len), Some(2));
    assert_eq!(of(&of_batch, "/0/batch"), of(&report, "/batch"));

    velocity(&bench, "batch edit night-run --move bad=1 --stop-on-failure").ok();
    let report = run(&bench, &site, "batch run night-run").json();
    assert_eq!(states(&report), ["failed".into(), Value::Null], "{report}");
    assert_eq!(of(&report, "/jobs_skipped").as_u64(), Some(1));
    velocity(&bench, "batch delete night-run -y").ok();
    assert_eq!(velocity(&bench, "batch show night-run").code, 1);
}

#[test]
fn an_execution_is_cancelled_from_elsewhere_retried_downloaded_and_let_go_of() {
    let bench = Bench::new();
    let site = Site::new(40, 1, 155);
    bench.discover(&site, &[]).ok();
    velocity(&bench, "job create slow --captures configs,arp,version --concurrency 1 --delay 1").ok();
    let args = ["run", "--job", "slow", "--user", "admin", "--password-stdin", "-y", "--quiet"];
    let mut child = bench.spawn(&args, &site.password());
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(30);
    let running = || velocity(&bench, "executions list --job slow --state running --json").ok().json();
    while running().as_array().expect("runs").is_empty() {
        assert!(std::time::Instant::now() < deadline, "it never began");
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    let would = velocity(&bench, "executions cancel 2 --dry-run --json").ok().json();
    let left = [of(&would, "/under_way"), of(&would, "/waiting")].map(|n| n.as_u64().expect("a number"));
    assert_eq!((of(&would, "/dry_run").as_bool(), left[0] + left[1] > 30), (Some(true), true), "{would}");
    assert!(!running().as_array().expect("runs").is_empty(), "nothing was cancelled");
    let asked = velocity(&bench, "executions cancel 2 --json").ok().json();
    assert_eq!(of(&asked, "/asked"), true);
    assert_eq!(child.wait().expect("it ends").code(), Some(1), "cancelled is not success");
    let shown = velocity(&bench, "executions show 2 --json").ok().json();
    assert_eq!(of(&shown, "/run/state"), "cancelled", "{shown}");
    let again = velocity(&bench, "executions cancel 2");
    assert_eq!((again.code, again.err.contains("has ended")), (1, true), "{again:?}");
    let rest = velocity(&bench, "executions resume 2 --dry-run --json").ok().json();
    assert!(rest.as_array().is_some_and(|devices| devices.len() > 30), "{rest}");

    velocity(&bench, "job create quick --captures configs").ok();
    let victim = site.leaf(0);
    site.running.fault(&victim, lab::Fault::Refuse).expect("fault");
    assert_eq!(run(&bench, &site, "run --job quick").code, 3);
    site.running.fault(&victim, lab::Fault::None).expect("mend");
    let would = velocity(&bench, "executions retry 3 --dry-run --json").ok().json();
    assert_eq!((of(&would, "/0/name").as_str(), would.as_array().map(Vec::len)), (Some(&*victim), Some(1)));
    let retried = bench.run(&["executions", "retry", "3", "--password-stdin", "--json"], &site.password()).ok().json();
    assert_eq!(of(&retried, "/devices_succeeded"), 1, "{retried}");
    assert_eq!(velocity(&bench, "executions show 4 --json").ok().json()["run"]["job"], "quick");
    // Nobody is asked for a secret first.
    for what in ["retry 4", "resume 4"] {
        let nothing = velocity(&bench, &format!("executions {what}"));
        assert!(nothing.code == 1 && nothing.err.contains("there is nothing to re"), "{nothing:?}");
    }
    let unknown = velocity(&bench, "executions show 99");
    assert_eq!(unknown.err.trim(), "error: no execution `99`; `velocity executions list` shows them");

    // What stayed the same since is what it said then.
    run(&bench, &site, "run --job quick").ok();
    for name in ["e.zip", "e.tar.gz"] {
        let path = bench.dir.path().join(name);
        let done = velocity(&bench, &format!("executions download 3 -o {} --json", path.display())).ok().json();
        assert_eq!(of(&done, "/files"), 39, "{name}: {done}");
        assert!(std::fs::metadata(&path).expect("a file").len() > 1000);
    }
    assert_eq!(velocity(&bench, "executions download 3 -o e.rar").code, 2);

    assert_eq!(velocity(&bench, "executions prune").code, 2, "nothing goes by itself");
    for n in 0..3 {
        site.running.change(&victim).expect("change");
        assert_eq!(run(&bench, &site, "run --job quick").code, 0, "{n}");
    }
    let configs = || velocity(&bench, &format!("captures list {victim} --type configs --json")).ok().json();
    assert_eq!(configs().as_array().map(Vec::len), Some(4));
    let last = of(&configs(), "/0/id").clone();
    let dry = velocity(&bench, "executions prune --keep 1 --dry-run --json").ok().json();
    assert_eq!((of(&dry, "/captures").as_u64() >= Some(3), configs().as_array().map(Vec::len)), (true, Some(4)));
    let refused = velocity(&bench, "executions prune --keep 1");
    assert_eq!((refused.code, refused.err.contains("add -y")), (1, true), "{refused:?}");
    velocity(&bench, "executions prune --keep 1 -y").ok();
    let left = configs();
    assert_eq!((left.as_array().map(Vec::len), of(&left, "/0/id")), (Some(1), &last), "the last good one stays");
    velocity(&bench, &format!("configs show {victim}")).ok();
    velocity(&bench, "executions prune --max-size 1 -y").ok();
    let left = velocity(&bench, "executions list --job quick --json").ok().json();
    assert_eq!(left.as_array().map(Vec::len), Some(1));
    for device in velocity(&bench, "devices list --json").ok().json().as_array().expect("devices") {
        let slug = device["slug"].as_str().expect("a slug");
        velocity(&bench, &format!("configs show {slug}")).ok();
    }
}

#[test]
fn a_job_that_is_made_with_a_time_runs_by_itself() {
    let bench = Bench::new();
    let create = |more: &[&str]| {
        bench.run(&[&["job", "create", "Daily Backup", "--captures", "configs,inventory", "--json"], more].concat(), "")
    };
    let daily = ["--daily", "--time", "02:00", "--zone", "Europe/Berlin"];
    create(&[&daily[..], &["--dry-run"]].concat()).ok();
    assert_eq!(velocity(&bench, "jobs list --json").ok().json(), serde_json::json!([]));
    for (wrong, told) in [
        (&["--time", "02:00"][..], "when?"),
        (&["--daily", "--time", "25:00"], "no time of day"),
        (&["--daily", "--zone", "Mars/Olympus"], "Mars/Olympus"),
        (&["--once", "2020-01-01 00:00"], "in the past"),
    ] {
        let said = create(wrong);
        assert!(said.code != 0 && said.err.contains(told), "{said:?}");
    }
    assert_eq!(velocity(&bench, "jobs list --json").ok().json(), serde_json::json!([]), "both, or none");
    let made = create(&daily).ok().json();
    assert_eq!(of(&made, "/schedule/when"), "daily at 02:00", "{made}");
    let listed = velocity(&bench, "jobs list --json").ok().json();
    assert!(of(&listed, "/0/schedules/0/next").is_string(), "{listed}");
    let table = velocity(&bench, "jobs list").ok().out;
    assert!(table.contains("NEXT RUN") && table.contains("daily at 02:00"), "{table}");
    let undone = of(&made, "/job/undo").to_string();
    bench.run(&["undo", "run", &undone], "").ok();
    assert_eq!(velocity(&bench, "schedule list --json").ok().json(), serde_json::json!([]), "it goes with its job");
}

#[test]
fn a_preset_is_a_job_and_its_schedule_and_both_go_and_come_back_together() {
    let bench = Bench::new();
    let there = |what: &str| velocity(&bench, what).ok().json().as_array().expect("a list").clone();
    let names: Vec<Value> = there("schedule preset --json").iter().map(|p| p["name"].clone()).collect();
    assert_eq!(names, ["daily-configs", "hourly-arp", "weekly-inventory"]);
    velocity(&bench, "schedule preset hourly-arp --dry-run").ok();
    assert_eq!((there("job list --json").len(), there("schedule list --json").len()), (0, 0));
    velocity(&bench, "schedule preset daily-configs hourly-arp weekly-inventory --zone Europe/Berlin").ok();
    let when = || there("schedule list --json").iter().map(|s| s["when"].clone()).collect::<Vec<_>>();
    assert_eq!(when(), ["daily at 02:00", "hourly at minute 15", "weekly on sun at 03:30"]);
    assert_eq!(there("schedule list --json")[0]["zone"], "Europe/Berlin");
    let again = velocity(&bench, "schedule preset hourly-arp");
    assert_eq!((again.code, again.err.contains("hourly-arp")), (1, true), "{again:?}");
    let unknown = velocity(&bench, "schedule preset yearly");
    assert!(unknown.code == 2 && unknown.err.contains("daily-configs, hourly-arp, weekly-inventory"), "{unknown:?}");

    // The last one, its schedule with it; then that is undone, and that again.
    for left in [2, 3, 2] {
        let last = there("undo list --json")[0]["id"].clone();
        velocity(&bench, &format!("undo run {last}")).ok();
        assert_eq!((there("job list --json").len(), when().len()), (left, left));
    }

    // What was added since would go with the job, and nothing would bring it back.
    let undos = there("undo list --json");
    let made = &undos.iter().find(|u| u["object"] == "job daily-configs").expect("made")["id"];
    velocity(&bench, "schedule add --job daily-configs --daily --time 05:00").ok();
    let refused = velocity(&bench, &format!("undo run {made}"));
    assert_eq!((refused.code, when().len()), (1, 3), "{refused:?}");
}

#[test]
fn what_was_done_to_a_schedule_is_taken_back_and_no_time_that_passed_is_made_up_for() {
    let bench = Bench::new();
    velocity(&bench, "job create nightly --captures version").ok();
    let all = || velocity(&bench, "schedule list --json").ok().json();
    let when = || all().as_array().expect("a list").iter().map(|s| s["when"].clone()).collect::<Vec<_>>();
    let done = |what: &str| velocity(&bench, &format!("schedule {what} --json")).ok().json();
    let take_back = |undo: &Value| velocity(&bench, &format!("undo run {undo}"));

    let would = done("add --job nightly --daily --time 02:00 --missed run-once --dry-run");
    assert_eq!((would.get("undo"), when().len()), (None, 0), "{would}");
    let added = done("add --job nightly --daily --time 02:00 --missed run-once");
    take_back(&added["undo"]).ok();
    assert_eq!(when().len(), 0);
    let again = velocity(&bench, "undo list --json").ok().json()[0]["id"].clone();
    take_back(&again).ok();
    assert_eq!(when(), ["daily at 02:00"]);

    let edited = done("edit 1 --weekly mon --time 04:00");
    let paused = done("pause 1");
    let refused = take_back(&edited["undo"]);
    assert_eq!((refused.code, all()[0]["state"].as_str()), (0, Some("paused")), "{refused:?}");
    take_back(&paused["undo"]).ok();
    assert_eq!((when(), all()[0]["state"].as_str()), (vec!["daily at 02:00".into()], Some("active")));

    let before = all()[0]["next"].clone();
    let removed = done("remove 1");
    take_back(&removed["undo"]).ok();
    assert_eq!((all()[0]["next"].clone(), all()[0]["id"].as_u64()), (before, Some(1)));
    let removed = done("remove 1");
    velocity(&bench, "job delete nightly -y").ok();
    let refused = take_back(&removed["undo"]);
    assert!(refused.code == 1 && refused.err.contains("schedule 1"), "{refused:?}");
}

#[test]
fn jobs_of_a_batch_take_each_its_own_credentials_and_one_that_is_not_there_stops_no_other() {
    let bench = Bench::new();
    let site = Site::new(3, 1, 152);
    bench.discover(&site, &[]).ok();
    let open = |args: &str, input: &str| {
        let password = [("VELOCITY_VAULT_PASS", Path::new("of the vault"))];
        bench.run_with(&args.split(' ').collect::<Vec<_>>(), input, &password)
    };
    open("vault init", "").ok();
    for name in ["lab", "night"] {
        open(&format!("vault add {name} -u admin --password-stdin"), &site.password()).ok();
    }
    velocity(&bench, "job create one --captures version --credential lab").ok();
    velocity(&bench, "job create two --captures version --credential night").ok();
    velocity(&bench, "job create three --captures version --credential nope").ok();
    velocity(&bench, "batch create all --jobs one,three,two --delay 0").ok();

    let dry = velocity(&bench, "batch run all --dry-run");
    assert!(dry.code == 3 && dry.out.contains("three: cannot run: there is no credential `nope`"), "{dry:?}");
    let night = dry.out.lines().filter(|line| line.contains(" night ")).count();
    assert_eq!(night, 3, "{dry:?}");
    // The password of the vault is read once.
    let ran = open("batch run all -y --json", "");
    let states: Vec<Value> = ran.json()["jobs"].as_array().expect("jobs").iter().map(|j| j["state"].clone()).collect();
    assert_eq!((ran.code, states), (3, vec!["success".into(), "failed".into(), "success".into()]), "{ran:?}");
    let used = |run: usize| velocity(&bench, &format!("executions show {run} --json")).ok().json();
    assert_eq!([used(2), used(3)].map(|run| run["devices"][0]["credential"].clone()), ["lab", "night"]);

    let refused = velocity(&bench, "schedule now --job three");
    assert!(refused.code == 1 && refused.err.contains("no credential `nope`"), "{refused:?}");
    // Who brings another account needs none of the job's.
    run(&bench, &site, "run --job three").ok();
}

#[test]
fn a_daemon_lets_go_of_what_is_old_at_its_time_and_else_nobody_does() {
    let bench = Bench::new();
    bench.run(&["devices", "add", "sw1", "--address", "127.0.0.1", "--port", "1", "--platform", "cisco_ios"], "").ok();
    let open = |args: &str, input: &str| {
        let env = [("VELOCITY_VAULT_PASS", Path::new("of the vault")), ("TZ", Path::new("UTC"))];
        bench.start(&args.split(' ').collect::<Vec<_>>(), input, &env)
    };
    assert!(open("vault init", "").wait().expect("made").success());
    assert!(open("vault add lab -u admin --password-stdin", "x\n").wait().expect("added").success());
    for _ in 0..3 {
        let _ = open("capture --devices sw1 --types version --quiet", "").wait().expect("it fails");
    }
    let left = || velocity(&bench, "executions list --json").ok().json().as_array().map(Vec::len);
    assert_eq!(left(), Some(3));
    let at = (jiff::Timestamp::now() + jiff::SignedDuration::from_secs(8)).strftime("%H:%M:%S");
    let config = format!("retention: {{keep: 1, daily_at: '{at}'}}\n");
    std::fs::write(bench.home().join("config.yaml"), config).expect("written");
    let mut daemon = open("daemon run", "");
    let began = std::time::Instant::now();
    while left() != Some(1) && began.elapsed() < std::time::Duration::from_secs(60) {
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
    let _ = daemon.kill();
    let _ = daemon.wait();
    assert_eq!(left(), Some(1), "within a minute");
}
