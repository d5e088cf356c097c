//! What breaks other clients, as conversations. Each is played with its bytes cut in many ways, and every
//! way must give the same outputs.

mod device;
mod talk;

use device::{Device, silent};
use dialog::{OutputState, Step};
use talk::{seams, talk, talk_ahead};

const CAP: usize = 1 << 20;

/// Every output is complete, and is what is expected.
fn check(device: &Device, expected: &[(&str, &str)]) {
    let commands: Vec<&str> = expected.iter().map(|(command, _)| *command).collect();
    for cuts in seams() {
        let talk = talk(device.clone(), false, &commands, &cuts, CAP);
        let got: Vec<_> =
            talk.outputs.iter().map(|o| (o.command.as_str(), String::from_utf8_lossy(&o.content))).collect();
        let got: Vec<_> = got.iter().map(|(c, t)| (*c, t.as_ref())).collect();
        assert_eq!(got, expected, "cut at {cuts:?}");
        assert!(talk.outputs.iter().all(|o| o.is_complete()), "cut at {cuts:?}: {:?}", talk.outputs);
        assert_eq!(talk.last, Step::Ready);
    }
}

fn switch() -> Device {
    Device::new("sw1#", "\r\n").says("show clock", "12:00\r\n").says("show version", "one\r\ntwo\r\n")
}

const USUAL: &[(&str, &str)] = &[("show clock", "12:00\n"), ("show version", "one\ntwo\n")];

#[test]
fn a_plain_conversation() {
    check(&switch(), USUAL);
    check(&switch(), &[]);
}

#[test]
fn a_greeting_may_look_like_anything() {
    let greeting =
        "\r\n##########\r\n# > keep out # \r\nsw1# not yet\r\nuser>\r\n--More-- or less\r\n#\r\n\r\nlogin: later\r\n";
    let device = Device::new("sw1#", greeting).says("show clock", "12:00\r\n");
    check(&device, &[("show clock", "12:00\n")]);
}

#[test]
fn a_prompt_may_be_glued_to_the_greeting() {
    let device = Device::new("sw1#", "\r\nAll that is typed here is logged. ").says("show clock", "12:00\r\n");
    check(&device, &[("show clock", "12:00\n"), ("show clock", "12:00\n")]);
}

#[test]
fn what_looks_like_the_prompt_in_the_greeting_is_corrected_by_the_echo() {
    let device = Device::new("sw1#", "notice>⟦pause⟧ all is logged\r\n").says("show clock", "12:00\r\n");
    check(&device, &[("show clock", "12:00\n"), ("show clock", "12:00\n")]);
}

#[test]
fn a_line_equal_to_the_prompt_ends_nothing() {
    let device = switch().says("show run", "a\r\nsw1#⟦pause⟧\r\nb\r\nsw1#\r\nc\r\n");
    check(&device, &[("show run", "a\nsw1#\nb\nsw1#\nc\n"), ("show clock", "12:00\n")]);
    check(&device, &[("show clock", "12:00\n"), ("show run", "a\nsw1#\nb\nsw1#\nc\n")]);
    let device = switch().says("show run", "sw1#⟦pause⟧show nothing\r\nsw1# show\r\n");
    check(&device, &[("show run", "sw1#show nothing\nsw1# show\n"), ("show clock", "12:00\n")]);
}

#[test]
fn a_terminal_driver_may_echo_too_early() {
    let mut device = switch().says("show run", "a\r\nsw1#⟦pause⟧\r\nb\r\n⟦pause⟧c\r\n");
    device.driver_echoes = true;
    check(&device, &[("show run", "a\nsw1#\nb\nc\n"), ("show clock", "12:00\n")]);
    check(&device, &[("show clock", "12:00\n"), ("show run", "a\nsw1#\nb\nc\n")]);
    let mut device = Device::new("sw1#", "notice>⟦pause⟧ all is logged\r\n").says("show clock", "12:00\r\n");
    device.driver_echoes = true;
    check(&device, &[("show clock", "12:00\n"), ("show clock", "12:00\n")]);
}

#[test]
fn commands_that_are_typed_ahead_are_framed_as_well() {
    let device = switch().says("show run", "a\r\nsw1#⟦pause⟧\r\nb\r\nsw1#\r\nc\r\n");
    let mut driver = switch().says("show run", "a\r\nsw1#⟦pause⟧\r\nb\r\n⟦pause⟧sw1#\r\nc\r\n");
    driver.driver_echoes = true;
    let commands = ["show clock", "show run", "show clock", "show run", "show version"];
    let (run, clock) = (&b"a\nsw1#\nb\nsw1#\nc\n"[..], &b"12:00\n"[..]);
    for (device, cuts) in [device, driver].iter().flat_map(|d| seams().into_iter().map(move |cuts| (d, cuts))) {
        let talk = talk_ahead(device.clone(), &commands, &cuts, CAP);
        let got: Vec<_> = talk.outputs.iter().map(|o| (o.content.as_slice(), o.is_complete())).collect();
        assert_eq!(got, [clock, run, clock, run, b"one\ntwo\n"].map(|o| (o, true)), "cut at {cuts:?}");
        assert_eq!(talk.last, Step::Ready);
    }
}

#[test]
fn an_echo_that_was_changed_costs_all_that_was_typed_ahead_its_proof() {
    let expand: device::Echo = |p, c| device::plain(p, &c.replace("show ver", "show version"));
    let device = switch().says("show run", "a\r\n").says("show ver", "one\r\n").echoing(expand);
    for cuts in seams() {
        let talk = talk_ahead(device.clone(), &["show clock", "show run", "show ver", "show version"], &cuts, CAP);
        let whole: Vec<_> = talk.outputs.iter().map(|o| o.is_complete()).collect();
        assert_eq!(whole, [true, false, false, false], "cut at {cuts:?}");
        assert_eq!(talk.last, Step::Ready, "cut at {cuts:?}");
    }
}

#[test]
fn a_message_may_come_between_prompt_and_echo() {
    let device = switch().says("show log", "a\r\nsw1#⟦pause⟧\r\n%LINK-3-UPDOWN: Interface Vlan1, up\r\n⟦prompt ⟧");
    for cuts in seams() {
        let mut device = device.clone();
        device.echo = |_, c| format!("{c}\r\n").into_bytes();
        let device = device.says("show clock", "12:00\r\n⟦prompt sw1#⟧");
        let talk = talk(device, false, &["show version", "show log", "show clock", "show version"], &cuts, CAP);
        let got: Vec<_> = talk.outputs.iter().map(|o| (o.content.as_slice(), o.is_complete())).collect();
        assert_eq!(
            got,
            [(&b"one\ntwo\n"[..], true), (b"a\n", true), (b"12:00\n", true), (b"one\ntwo\n", true)],
            "{cuts:?}"
        );
    }
}

#[test]
fn what_cannot_be_told_from_an_echo_is_never_complete() {
    let device = switch().says("show run", "a\r\nsw1#⟦pause⟧show nothing\r\nsw1# ⟦pause⟧show\r\n");
    for cuts in seams() {
        let talk = talk(device.clone(), false, &["show run", "show clock"], &cuts, CAP);
        assert!(!talk.outputs[0].is_complete());
    }
}

#[test]
fn a_prompt_may_be_late() {
    let device = Device::new("sw1#", "hello\r\n⟦pause⟧⟦pause⟧").says("show clock", "⟦pause⟧12⟦pause⟧:00\r\n⟦pause⟧");
    check(&device, &[("show clock", "12:00\n")]);
}

#[test]
fn pages_are_turned() {
    let device = switch().says("show run", "a\r\n⟦page  --More-- ⟧b\r\n⟦page --More--⟧\r\nc  \r\n");
    check(&device, &[("show run", "a\nb\n\nc  \n"), ("show clock", "12:00\n")]);
}

#[test]
fn an_echo_may_be_wrapped() {
    let long = "show interfaces GigabitEthernet1/0/1 switchport and much more of what nobody ever types by hand, 120 characters";
    let device = switch().says(long, "ok\r\n");
    fn wrapped(c: &str, wrap: fn(&str) -> String) -> Vec<u8> {
        if c.len() > 80 { wrap(c).into_bytes() } else { device::plain("", c) }
    }
    let wraps: [device::Echo; 5] = [
        |_, c| wrapped(c, |c| format!("{}\r\n{}\r\n", &c[..c.len() / 2], &c[c.len() / 2..])),
        |_, c| wrapped(c, |c| format!("{} \r{}\r\n", &c[..c.len() / 2], &c[c.len() / 2..])),
        |_, c| wrapped(c, |c| format!("{0}{1}\r{1}{2}\r\n", &c[..5], &c[5..6], &c[6..])),
        |_, c| wrapped(c, |c| format!("{} \x08{}\r\n", &c[..6], &c[6..])),
        |_, c| wrapped(c, |c| format!("{}\rsw1#${}\x1b[K\r\n", &c[..9], &c[c.len() - 9..])),
    ];
    for wrap in wraps {
        check(&device.clone().echoing(wrap), &[(long, "ok\n"), ("show clock", "12:00\n"), (long, "ok\n")]);
    }
}

#[test]
fn an_echo_may_be_redrawn_or_coloured() {
    let redrawn: device::Echo = |p, c| format!("\r\x1b[K{p}\x1b[1m{c}\x1b[0m\x1b[?2004l\r\r\n").into_bytes();
    check(&switch().echoing(redrawn), USUAL);
}

#[test]
fn a_device_need_not_echo() {
    check(&switch().echoing(silent), USUAL);
    check(
        &switch().echoing(silent),
        &[("show version", "one\ntwo\n"), ("show clock", "12:00\n"), ("show clock", "12:00\n")],
    );
}

#[test]
fn a_command_that_comes_back_changed_costs_the_proof() {
    let expand: device::Echo = |p, c| device::plain(p, &c.replace("show ver", "show version"));
    let device = switch().says("show ver", "one\r\ntwo\r\n").echoing(expand);
    for cuts in seams() {
        let talk = talk(device.clone(), false, &["show clock", "show ver", "show clock"], &cuts, CAP);
        let got: Vec<_> = talk.outputs.iter().map(|o| (o.content.as_slice(), o.is_complete())).collect();
        assert_eq!(got, [(&b"12:00\n"[..], false), (b"one\ntwo\n", true), (b"12:00\n", true)]);
    }
}

#[test]
fn modes_are_the_same_prompt() {
    let device = Device::new("a-very-long-router-name#", "")
        .says("conf t", "⟦prompt a-very-long-router-n(config)#⟧")
        .says("int vlan 1", "⟦prompt a-very-long-router-n(config-if)#⟧")
        .says("end", "⟦prompt a-very-long-router-name#⟧")
        .says("show clock", "12:00\r\n");
    check(&device, &[("conf t", ""), ("int vlan 1", ""), ("end", ""), ("show clock", "12:00\n")]);
}

#[test]
fn a_prompt_may_change_in_mid_session() {
    let device = switch().says("hostname sw2", "⟦prompt sw2#⟧");
    check(
        &device,
        &[("show clock", "12:00\n"), ("hostname sw2", ""), ("show version", "one\ntwo\n"), ("show clock", "12:00\n")],
    );
}

#[test]
fn what_seems_a_new_prompt_is_given_up_again() {
    let device = switch().says("show run", "a\r\nsw9#⟦pause⟧\r\nb\r\n");
    check(&device, &[("show clock", "12:00\n"), ("show run", "a\nsw9#\nb\n"), ("show clock", "12:00\n")]);
}

#[test]
fn lines_before_the_prompt_are_no_output() {
    let device = Device::new("{master:0}\r\nops@r1> ", "\r\n").says("show clock", "\r\n12:00\r\n\r\n");
    check(&device, &[("show clock", "\n12:00\n\n"), ("show clock", "\n12:00\n\n")]);
}

#[test]
fn an_output_may_end_without_a_newline() {
    let device = switch().says("cat name", "sw1.example");
    check(&device, &[("show clock", "12:00\n"), ("cat name", "sw1.example"), ("show clock", "12:00\n")]);
}

#[test]
fn bytes_stay_bytes() {
    let device = switch().says_bytes("show run", b"caf\xe9 \xff\xfe\r\n\x1b[31mred\x1b[0m\r\n");
    let talk = talk(device, false, &["show run"], &[3], CAP);
    assert_eq!(talk.outputs[0].content, b"caf\xe9 \xff\xfe\nred\n");
}

#[test]
fn a_refusal_is_named() {
    let talk = talk(switch(), false, &["show nothing", "show clock"], &[5], CAP);
    let refused: Vec<_> = talk.outputs.iter().map(|o| o.refused.as_deref()).collect();
    assert_eq!(refused, [Some("% Invalid input detected at '^' marker."), None]);
}

#[test]
fn questions_at_log_in_are_answered() {
    let greeting = "Copyright\r\n⟦page Press any key to continue⟧\r\n⟦ask Overwrite the old session? [y/N] ⟧";
    check(&Device::new("sw1#", greeting).says("show clock", "12:00\r\n"), &[("show clock", "12:00\n")]);
}

#[test]
fn a_second_log_in_is_answered_once() {
    let device = Device::new("sw1#", "⟦ask User: ⟧⟦secret Password:⟧welcome\r\n").says("show clock", "12:00\r\n");
    let good = talk(device, false, &["show clock"], &[4], CAP);
    assert_eq!((good.last, good.device.answered), (Step::Ready, vec!["ops".to_owned(), "s3cret".to_owned()]));
    let device = Device::new("sw1#", "⟦ask User: ⟧⟦secret Password:⟧⟦ask User: ⟧⟦secret Password:⟧");
    assert_eq!(talk(device, false, &[], &[4], CAP).last, Step::Refused);
}

#[test]
fn privileged_mode() {
    let device = |answer: &str| Device::new("sw1>", "").says("show clock", "12:00\r\n").says("enable", answer);
    for cuts in seams() {
        let good = talk(device("⟦secret Password: ⟧⟦prompt sw1#⟧"), true, &["show clock"], &cuts, CAP);
        assert_eq!((good.last, good.dialog_prompt.as_str()), (Step::Ready, "sw1#"));
        assert_eq!(good.device.answered, ["en4ble"]);
        assert_eq!(good.outputs[0].content, b"12:00\n");
        assert_eq!(talk(device("⟦prompt sw1#⟧"), true, &["show clock"], &cuts, CAP).outputs[0].content, b"12:00\n");
        let asks = "⟦secret Password: ⟧⟦secret Password: ⟧⟦secret Password: ⟧% Bad secrets\r\n\r\n";
        let bad = talk(device(asks), true, &[], &cuts, CAP);
        assert_eq!(
            (bad.last, bad.device.answered),
            (Step::EnableRefused, vec!["en4ble".to_owned(), String::new(), String::new()])
        );
        assert_eq!(talk(device("% Access denied\r\n"), true, &[], &cuts, CAP).last, Step::EnableRefused);
        let mute = talk(device("⟦secret Password: ⟧⟦prompt sw1#⟧").echoing(silent), true, &["show clock"], &cuts, CAP);
        assert_eq!((mute.last, mute.outputs[0].content.as_slice()), (Step::Ready, b"12:00\n".as_slice()));
    }
}

#[test]
fn a_log_in_prompt_after_a_command_is_a_log_out() {
    let device = switch().says("show run", "a\r\n\r\n⟦ask Username: ⟧");
    let talk = talk(device, false, &["show clock", "show run"], &[6], CAP);
    assert_eq!(talk.last, Step::LoggedOut);
    let states: Vec<_> = talk.outputs.iter().map(|o| o.is_complete()).collect();
    assert_eq!(states, [true, false]);
}

#[test]
fn what_was_not_framed_is_not_complete() {
    let cut = OutputState::Cut("stopped".to_owned());
    for output in ["a\r\nb⟦close⟧", "a\r\n⟦pause⟧⟦close⟧", "a\r\nsw1#⟦pause⟧⟦close⟧"] {
        for cuts in seams() {
            let talk =
                talk(switch().says("show run", output), false, &["show clock", "show run", "show clock"], &cuts, CAP);
            assert_eq!((talk.outputs[0].is_complete(), &talk.outputs[1].state), (true, &cut), "{output}");
            assert!(talk.outputs[1].content.starts_with(b"a\n"));
        }
    }
}

#[test]
fn an_output_has_a_cap() {
    let talk = talk(switch().says("show run", &"x".repeat(9000)), false, &["show clock", "show run"], &[100], 5000);
    assert_eq!((talk.last, talk.outputs[1].content.len()), (Step::TooLarge, 5000));
    assert!(!talk.outputs[1].is_complete() && talk.outputs[0].is_complete());
}

#[test]
fn the_greeting_is_kept() {
    assert_eq!(talk(Device::new("sw1#", "one\r\ntwo\r\n"), false, &[], &[3], CAP).motd, "one\ntwo\n");
}
