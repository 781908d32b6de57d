//! Tests of coding sheets.

use super::*;

fn read(text: &str) -> CodeTable {
    CodeTable::read("codes.csv", text.as_bytes(), &["99".to_owned()]).unwrap()
}

#[test]
fn wide_and_long_tables_hold_the_same() {
    let wide = read("unit,Ana,Ben\nu1,1,1\nu2,2,NA\nu3,99,3\n");
    let long = read("coder,unit,tone\nAna,u1,1\nBen,u1,1\nAna,u2,2\nBen,u3,3\nAna,u3,99\n");
    let named = read(
        "unit;coder;variable;code\nu1;Ana;tone;1\nu1;Ben;tone;1\nu2;Ana;tone;2\nu3;Ben;tone;3\n",
    );
    for table in [&wide, &long, &named] {
        assert_eq!((table.coders.len(), table.units.len()), (2, 3));
        assert_eq!(table.variables[0].codes, wide.variables[0].codes);
    }
    assert_eq!(long.variables[0].name, "tone");
    assert_eq!(named.variables[0].name, "tone");
}

#[test]
fn several_variables_stand_in_columns() {
    let table = read("unit,coder,tone,frame\nu1,A,1,war\nu1,B,2,war\n");
    let names: Vec<&str> = table.variables.iter().map(|v| v.name.as_str()).collect();
    assert_eq!(names, ["tone", "frame"]);
    assert!(table.variables[1].codes(Level::Nominal, &[]).is_ok());
    let error = table.variables[1].codes(Level::Interval, &[]).unwrap_err();
    assert!(error.contains("“war” is no number"), "{error}");
}

#[test]
fn an_order_gives_names_ranks() {
    let table = read("unit,A,B\n1,low,high\n2,middle,low\n");
    let order = ["low", "middle", "high"].map(str::to_owned);
    let codes = table.variables[0].codes(Level::Ordinal, &order).unwrap();
    assert_eq!(codes.units, [[Some(0), Some(2)], [Some(1), Some(0)]]);
    assert!(table.variables[0].codes(Level::Ordinal, &order[..2]).is_err());
}

#[test]
fn a_decimal_comma_is_one_where_semicolons_separate() {
    let table = read("unit;A;B\n1;1,5;1,5\n2;2;3\n");
    let codes = table.variables[0].codes(Level::Interval, &[]).unwrap();
    assert_eq!(codes.values[0].number, 1.5);
}

#[test]
fn codes_twice_and_broken_records_are_told() {
    let table = read("unit,coder,tone\nu1,A,1\nu1,A,2\nu1,B,1\nu2,B\n");
    assert_eq!(table.variables[0].codes[0], [Some("1".to_owned()), Some("1".to_owned())]);
    assert_eq!(table.notes.len(), 2, "{:?}", table.notes);
}

#[test]
fn sheets_of_several_coders_are_one_table() {
    let part = |name: &str, text: &str| CodeTable::read_part(name, text.as_bytes(), &[]).unwrap();
    let sheet = "unit,question,left_passage,coder,same\n";
    let mut table = part("sheets/ona.csv", &format!("{sheet}u1,Same?,x,,1\nu2,Same?,x,,0\n"));
    assert!(table.check("x").is_err());
    table.join(part("jonas.csv", &format!("{sheet}u2,Same?,x,Jonas,1\nu3,Same?,x,Jonas,0\n")));
    assert_eq!(table.coders, ["ona", "Jonas"]);
    assert_eq!((table.units.len(), table.variables.len()), (3, 1));
    let one = |code: &str| Some(code.to_owned());
    let codes = &table.variables[0].codes;
    assert_eq!(*codes, [[one("1"), None], [one("0"), one("1")], [None, one("0")]]);
    assert!(table.check("x").is_ok());
}

#[test]
fn what_is_no_table_of_codes_is_refused() {
    for (text, reason) in [
        ("1,2\n1,1\n", "the first row holds codes"),
        ("unit,A\nu1,1\n", "has 1 coder"),
        ("coder,tone\nA,1\nB,1\n", "names a coder, but no unit"),
    ] {
        let error = CodeTable::read("c.csv", text.as_bytes(), &[]).unwrap_err().to_string();
        assert!(error.contains(reason), "{error}");
    }
}
