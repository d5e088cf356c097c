//! The terminal of the four vendors, over real SSH.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use common::{Shell, answer_prompts, connect, exec, find, first, lab_of, lab_with};
use lab::{Platform, ServeOptions};

#[tokio::test]
async fn both_ways_to_log_in_work_and_a_wrong_password_does_not() {
    let lab = lab_of(4, 40).await;
    let (mut handle, keys) = connect(&lab, "usa-rtr-1").await.unwrap();
    assert!(!handle.authenticate_password("admin", "wrong").await.unwrap().success());
    assert!(handle.authenticate_password("admin", common::PASSWORD).await.unwrap().success());
    let banner = keys.1.lock().unwrap().clone();
    assert!(banner.contains('#') && banner.contains('>'), "{banner}");
    let (mut handle, _) = connect(&lab, "usa-rtr-1").await.unwrap();
    assert!(!answer_prompts(&mut handle, "admin", "wrong").await);
    assert!(answer_prompts(&mut handle, "admin", common::PASSWORD).await);
}

#[tokio::test]
async fn ios_asks_for_the_enable_secret() {
    let options = ServeOptions { enable: Some("s3cret".to_owned()), ..ServeOptions::default() };
    let lab = lab_with(12, 41, options).await;
    let name = find(&lab, |d| d.platform() == Platform::CiscoIos && d.user_mode);
    let mut shell = Shell::open(&lab, &name).await;
    shell.until(&format!("{name}>")).await;
    let refused = shell.run("show running-config", &format!("{name}>")).await;
    assert!(refused.contains("% Invalid input detected at '^' marker."), "{refused}");
    shell.run("enable", "Password: ").await;
    shell.run("wrong", "Password: ").await;
    let echoed = shell.run("s3cret", &format!("{name}#")).await;
    assert_eq!(echoed, format!("\r\n{name}#"), "a password is not echoed");
    shell.run("terminal length 0", &format!("{name}#")).await;
    let config = shell.run("sh run", &format!("{name}#")).await;
    assert!(config.contains(&format!("hostname {name}")) && config.contains("\r\nend\r\n"), "{config}");
    shell.run("configure terminal", "(config)#").await;
    shell.run("end", &format!("{name}#")).await;
    shell.run("disable", &format!("{name}>")).await;
    shell.send("exit\n").await;
    assert!(shell.listen(std::time::Duration::from_secs(5)).await.1, "exit ends the session");
}

#[tokio::test]
async fn every_vendor_pages_until_told_not_to() {
    let lab = lab_of(12, 42).await;
    let cases = [
        (Platform::CiscoIos, "show interfaces", " --More-- ", "terminal length 0"),
        (Platform::CiscoNxos, "show interface", "--More--\x1b[m", "terminal length 0"),
        (Platform::AristaEos, "show interfaces", " --More-- ", "terminal length 0"),
        (Platform::JuniperJunos, "show interfaces", "---(more)---", "set cli screen-length 0"),
    ];
    for (platform, command, more, off) in cases {
        let name = find(&lab, |d| d.platform() == platform && (!d.user_mode || platform == Platform::AristaEos));
        let mut shell = Shell::open(&lab, &name).await;
        let sign = if platform == Platform::JuniperJunos || platform == Platform::AristaEos { ">" } else { "#" };
        let space = if matches!(platform, Platform::CiscoNxos | Platform::JuniperJunos) { " " } else { "" };
        let prompt = format!("{name}{sign}{space}");
        shell.until(&prompt).await;
        shell.send(&format!("{command}\n")).await;
        let page = shell.until(more).await;
        assert_eq!(page.matches("\r\n").count(), 24, "{platform:?}: the echo and 23 lines: {page}");
        shell.send(" ").await;
        let page = shell.until(if platform == Platform::JuniperJunos { "%)---" } else { more }).await;
        assert_eq!(page.matches("\r\n").count(), 23, "{platform:?}: {page}");
        shell.send("q").await;
        shell.until(&prompt).await;
        shell.run(off, &prompt).await;
        let all = shell.run(command, &prompt).await;
        let rendered = lab.read(|w| w.output(&name, command).unwrap()).replace('\n', "\r\n");
        assert!(all.contains(&rendered), "{platform:?} gives the whole output unpaged");
    }
}

#[tokio::test]
async fn a_wrong_command_is_refused_in_the_words_of_the_vendor() {
    let lab = lab_of(12, 43).await;
    let cases = [
        (Platform::CiscoIos, "% Invalid input detected at '^' marker."),
        (Platform::CiscoNxos, "% Invalid command at '^' marker."),
        (Platform::AristaEos, "% Invalid input (at token 1: 'nonsense')"),
        (Platform::JuniperJunos, "syntax error."),
    ];
    for (platform, message) in cases {
        let name = first(&lab, platform);
        let said = exec(&lab, &name, "show nonsense").await;
        assert!(said.contains(message), "{platform:?} said {said}");
    }
}

#[tokio::test]
async fn a_long_line_wraps_at_the_width_of_the_terminal() {
    let lab = lab_of(12, 44).await;
    let command = format!("show version | include {}", "x".repeat(90));
    let name = first(&lab, Platform::CiscoNxos);
    let mut shell = Shell::open(&lab, &name).await;
    let prompt = format!("{name}# ");
    shell.until(&prompt).await;
    assert!(shell.run(&command, &prompt).await.contains(" \r"), "NX-OS wraps");
    shell.run("terminal width 511", &prompt).await;
    assert!(shell.run(&command, &prompt).await.contains(&command), "and does not on a wide terminal");
    let name = find(&lab, |d| d.platform() == Platform::CiscoIos && !d.user_mode);
    let mut shell = Shell::open(&lab, &name).await;
    shell.until(&format!("{name}#")).await;
    assert!(shell.run(&command, &format!("{name}#")).await.contains("\x08$"), "IOS scrolls");
}

#[tokio::test]
async fn typing_can_be_corrected() {
    let lab = lab_of(12, 45).await;
    let name = first(&lab, Platform::CiscoNxos);
    let mut shell = Shell::sized(&lab, &name, 511, 1000).await;
    let prompt = format!("{name}# ");
    shell.until(&prompt).await;
    let said = shell.run("garbage\x15show verr\x08sion", &prompt).await;
    assert!(said.contains(&format!("Device name: {name}")), "{said}");
}

#[tokio::test]
async fn whatever_is_typed_the_device_goes_on() {
    use rand::{RngExt as _, SeedableRng as _};
    let lab = lab_of(12, 50).await;
    let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(1);
    let words =
        ["show", "sh", "|", "|é", "i", "ip", "version", "terminal", "length", "0", "99999999999", "interface", "é"];
    for platform in Platform::ALL {
        let name = first(&lab, platform);
        let mut shell = Shell::sized(&lab, &name, 40, 1000).await;
        for round in 0..60 {
            let mut line: Vec<u8> = Vec::new();
            for _ in 0..rng.random_range(0..9) {
                line.extend(words[rng.random_range(0..words.len())].as_bytes());
                line.push(b' ');
            }
            if round % 3 == 0 {
                line.extend((0..60).map(|_| rng.random_range(32..=255u8)).filter(|b| *b != b'q'));
            }
            line.push(b'\r');
            shell.send_bytes(line).await;
            shell.listen(std::time::Duration::from_millis(4)).await;
        }
        shell.send("\x15\rterminal length 0\rset cli screen-length 0\rshow version\r").await;
        let (seen, ended) = shell.listen(std::time::Duration::from_millis(500)).await;
        let seen = String::from_utf8_lossy(&seen).into_owned();
        let tail = &seen[seen.rfind("show version").unwrap()..];
        assert!(!ended && tail.contains(&name), "{platform:?}: {tail}");
    }
}

#[tokio::test]
async fn the_end_of_input_ends_the_session() {
    let lab = lab_of(12, 51).await;
    let name = first(&lab, Platform::CiscoNxos);
    let mut shell = Shell::sized(&lab, &name, 80, 1000).await;
    shell.send("show version\n").await;
    shell.end_of_input().await;
    let (seen, ended) = shell.listen(std::time::Duration::from_secs(5)).await;
    assert!(ended && String::from_utf8_lossy(&seen).contains("Active Package(s)"));
}

#[tokio::test]
async fn a_command_takes_its_time() {
    let options = ServeOptions { latency: std::time::Duration::from_millis(120), ..ServeOptions::default() };
    let lab = lab_with(4, 46, options).await;
    let start = std::time::Instant::now();
    exec(&lab, "usa-core-1", "show version").await;
    assert!(start.elapsed() >= std::time::Duration::from_millis(120));
}

#[tokio::test]
async fn a_change_shows_in_the_configuration() {
    let lab = lab_of(12, 47).await;
    for device in lab.truth().devices {
        let before = lab.read(|w| {
            w.output(&device.name, "show running-config").or_else(|| w.output(&device.name, "show configuration"))
        });
        for _ in 0..3 {
            let change = lab.change(&device.name).unwrap();
            let after = lab.read(|w| {
                w.output(&device.name, "show running-config").or_else(|| w.output(&device.name, "show configuration"))
            });
            assert_ne!(before, after);
            assert!(!change.added.is_empty(), "{change:?}");
            assert!(change.added.iter().all(|line| after.as_deref().unwrap_or_default().contains(line)), "{change:?}");
        }
    }
    assert!(lab.change("nobody").is_err());
}

#[tokio::test]
async fn other_commands_come_from_the_corpus() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("cisco_nxos/show_clock");
    std::fs::create_dir_all(&home).unwrap();
    std::fs::write(home.join("a.raw"), "12:00:00 UTC\n").unwrap();
    let options = ServeOptions { corpus: Some(dir.path().to_owned()), ..ServeOptions::default() };
    let lab = lab_with(12, 48, options).await;
    let name = first(&lab, Platform::CiscoNxos);
    assert_eq!(exec(&lab, &name, "show clock").await, "12:00:00 UTC\r\n");
    assert!(exec(&lab, &name, "show ../../etc").await.contains("% Invalid command"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_devices_answer_in_one_process() {
    let lab = lab_of(200, 49).await;
    let names = lab.read(|w| w.devices().iter().map(|d| (d.name.clone(), d.serials[0].clone())).collect::<Vec<_>>());
    let lab = std::sync::Arc::new(lab);
    let mut tasks = tokio::task::JoinSet::new();
    for (name, serial) in names {
        let lab = std::sync::Arc::clone(&lab);
        tasks.spawn(async move {
            let said = exec(&lab, &name, "show version").await;
            assert!(said.contains(&name) || said.contains(&serial), "{name}: {said}");
        });
    }
    let mut done = 0;
    while let Some(result) = tasks.join_next().await {
        result.unwrap();
        done += 1;
    }
    assert_eq!(done, 200);
}
