using Steelyard.Histories;

namespace Steelyard.Formats.Tests.Rows;

public class TableRowsTests
{
    const string Mapped =
        "client;t0;t1;op;k;arg;res;status;note\n"
        + "a;2026-01-02T03:04:05.000000001Z;2026-01-02T04:04:05.000000003+01:00;PUT;x;1;;201;\n"
        + "b;2026-01-02 03:04:05.000000002;2026-01-02T03:04:05.000000009Z;GET;x;;1;200;\"a;b\"\n"
        + "a;2026-01-02T03:04:06Z;2026-01-02T03:04:07Z;CAS;x;[1 2];;409;\n"
        + "b;2026-01-02T03:04:08Z;;PUT;y;\"{\"\"a\"\": [1, null]}\";;timeout;\n";

    static OperationMap Map(
        string columns =
            "process=client,start=t0,end=t1,function=op,key=k,input=arg,output=res,outcome=status",
        string? outcomes = "ok=200..299,fail=409,info=timeout",
        string? functions = "read=GET,write=PUT,cas=CAS", string? unit = null) =>
        OperationMap.Parse(columns, outcomes, functions, unit);

    [Fact]
    public void Columns_of_any_name_are_what_the_map_says()
    {
        var history = RowFiles.Read(Mapped, Map()).History;

        Assert.Equal(
            """
            process a: write x 1 → ok
            process b: read x → ok 1
            process a: cas x [1, 2] → fail
            process b: write y {a: [1, nil]} → open
            """.ReplaceLineEndings("\n"),
            RowFiles.Shown(history).ReplaceLineEndings("\n"));
        Assert.Equal([0L, 1, 999_999_999, 2_999_999_999], history.Operations.Select(one => one.InvokedNs));
        Assert.Equal(2, history[0].CompletedNs);
        Assert.Equal(Outcome.Open, RowFiles.Read(RowFiles.Columns + "0,1,,read,x,,,\n").History[0].Outcome);
    }

    [Theory]
    [InlineData("0,5,4,read,x,,1,ok", "file line 2: expected an end not before the start 5 ns, found 4 ns")]
    [InlineData("0,x,4,read,x,,1,ok", "file line 2: expected a number or an ISO 8601 time as start, found")]
    [InlineData("0,1.5,4,read,x,,1,ok", "file line 2: expected --time-unit (ns, us, ms or s) with times")]
    [InlineData("0,,4,read,x,,1,ok", "file line 2: expected a start, found none")]
    [InlineData(",3,4,read,x,,1,ok", "file line 2: expected a process, found none")]
    [InlineData("0,3,4,,x,,1,ok", "file line 2: expected a function, found none")]
    [InlineData("0,3,4,read,x,,1,ok,more", "file line 2: expected 8 columns as in the first line, found 9")]
    [InlineData("0,1e40,4,read,x,,1,ok", "file line 2: expected a number or an ISO 8601 time as start")]
    [InlineData("0,99999999999999999999,4,read,x,,1,ok", "file line 2: expected a start within 120 years")]
    public void A_line_that_is_no_operation_is_refused_with_its_place(string line, string mistake) =>
        Assert.StartsWith(
            mistake, RowFiles.Mistake(RowFiles.Columns + line + "\n"), StringComparison.Ordinal);

    [Fact]
    public void Outcomes_that_mean_nothing_are_refused_with_all_that_the_file_holds() => Assert.Equal(
        "file line 5: expected an outcome (a word of --outcome ok=200..299,fail=409), found \"timeout\"; the"
        + " outcomes of the file are \"200\" (1), \"201\" (1), \"409\" (1), \"timeout\" (1)",
        RowFiles.Mistake(Mapped, Map(outcomes: "ok=200..299,fail=409")));

    [Fact]
    public void What_a_line_break_in_quotes_moves_keeps_its_number()
    {
        var text = RowFiles.Columns + "0,1,2,write,x,\"a \"\"b\"\"\nc\",,ok\n\n0,3,2,read,x,,,ok\n";

        Assert.StartsWith("file line 5: expected an end", RowFiles.Mistake(text), StringComparison.Ordinal);
        Assert.Equal("a \"b\"\nc", RowFiles.Read(text.Replace("3,2", "3,4")).History[0].Input.AsText);
    }

    [Fact]
    public void A_last_line_that_is_cut_short_can_be_left_out()
    {
        var text = RowFiles.Columns + "0,1,2,write,x,1,,ok\n0,3,4,re";

        Assert.StartsWith("file is cut short at line 3", RowFiles.Mistake(text), StringComparison.Ordinal);
        Assert.Equal(1, RowFiles.Read(text, keepPartial: true).History.Count);
    }

    [Fact]
    public void Times_may_be_a_duration_and_columns_may_be_numbers()
    {
        var fromEnd = OperationMap.Parse("process=#1,end=#2,duration=#3,function=#4,input=#5", unit: "ms");

        var history = RowFiles.Read("a,7.5,2.5,write,1\nb,9,1,write,2\n", fromEnd).History;

        Assert.Equal([0L, 3_000_000], history.Operations.Select(one => one.InvokedNs));
        Assert.Equal(2_500_000, history[0].CompletedNs);
    }

    [Fact]
    public void One_column_may_hold_arguments_and_results_and_reads_must_have_one()
    {
        const string text = "t0,t1,op,value\n1,2,write,7\n3,4,read,7\n5,6,dequeue,8\n";

        Assert.Equal(
            "process 0: write 7 → ok\nprocess 1: read → ok 7\nprocess 2: dequeue → ok 8",
            RowFiles.Shown(RowFiles.Read(
                text, OperationMap.Parse("start=t0,end=t1,function=op,input=value,output=value")).History));
        Assert.StartsWith(
            "file line 3: expected output=… in --map too, since a read returns something",
            RowFiles.Mistake(text, OperationMap.Parse("start=t0,end=t1,function=op,input=value")),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12.5ms", 12_500_000)]
    [InlineData("3µs", 3_000)]
    [InlineData("2 s", 2_000_000_000)]
    [InlineData("7ns", 7)]
    [InlineData("7", 7)]
    public void A_duration_may_bear_its_unit(string duration, long ns) => Assert.Equal(
        ns, RowFiles.Read($"start|duration|input\n5|{duration}|1\n").History[0].CompletedNs);

    [Fact]
    public void Without_a_function_what_has_no_input_reads_and_a_cas_that_answers_false_did_not_match()
    {
        var map = OperationMap.Parse("start=t0,end=t1,input=arg,output=res");

        Assert.Equal(
            "process 0: write 1 → ok\nprocess 1: read → ok 1",
            RowFiles.Shown(RowFiles.Read("t0\tt1\targ\tres\n1\t2\t1\t\n3\t4\t\t1\n", map).History));
        Assert.Equal(
            "process 0: cas x [1, 2] → fail",
            RowFiles.Shown(RowFiles.Read(RowFiles.Columns + "0,1,2,cas,x,[1 2],false,ok\n").History));
    }

    [Theory]
    [InlineData("7", "7")]
    [InlineData("007", "007")]
    [InlineData("1.5", "1.5")]
    [InlineData("nil", "nil")]
    [InlineData("[1 b 2.5]", "[1, b, 2.5]")]
    [InlineData("\"[1, [\"\"a b\"\"]]\"", "[1, [a b]]")]
    [InlineData("\"[[:append 1 2]]\"", "[[append, 1, 2]]")]
    [InlineData("[draft", "[draft")]
    [InlineData("[1] x", "[1] x")]
    [InlineData("{:a 1} x", "{:a 1} x")]
    public void A_cell_is_a_number_a_list_or_a_text(string cell, string value) => Assert.Equal(
        value, RowFiles.Read($"{RowFiles.Columns}0,1,2,write,x,{cell},,ok\n").History[0].Input.ToString());

    [Theory]
    [InlineData("process=a,start=b", "--map: expected start, and end or duration")]
    [InlineData("start=a,end=b", "--map: expected function, or input")]
    [InlineData("start=a,end=b,functon=c", "did you mean \"function\"?")]
    [InlineData("start", "--map: expected name=word")]
    [InlineData("start=a,start=b,end=c,function=d", "--map: expected one column as start, found a and b")]
    public void Maps_that_say_too_little_are_refused(string columns, string mistake) => Assert.Contains(
        mistake, Assert.Throws<UserMistakeException>(() => OperationMap.Parse(columns)).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("ok=9..2", "a range of numbers")]
    [InlineData("fine=200", "expected ok, fail, info or refused")]
    [InlineData("ok=200,fail=200", "each word once")]
    public void Outcomes_that_contradict_themselves_are_refused(string outcomes, string mistake) =>
        Assert.Contains(
            mistake,
            Assert.Throws<UserMistakeException>(
                () => OperationMap.Parse("start=a,end=b,input=c", outcomes)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_column_that_is_not_there_is_named_with_those_that_are() => Assert.Equal(
        "file: expected a column t2, as --map says; found client, t0, t1, op, k, arg, res, status, note;"
        + " did you mean \"t0\"?",
        RowFiles.Mistake(Mapped, Map("start=t0,end=t2,function=op")));
}
