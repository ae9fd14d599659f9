using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Steelyard.Histories;
using Steelyard.Pipelines;

namespace Steelyard.Tests.Pipelines;

public sealed class PipelineReportsTests
{
    static readonly PipelineSuite s_mixed = new(
        "bank, seed 0x1",
        [
            Case("total-conserved", Validity.Valid, "every read added up"),
            Case("no-overdraft", Validity.Invalid, "account 6 | held <5>") with
            {
                Details = ["overdraft: process 4 read \u0001 −$21.00"],
            },
            Case("linearizable", Validity.Unknown, "not decided: it was interrupted"),
        ])
    {
        Repeat = "steelyard run bank --seed 0x1",
        File = "runs/bank 0x1/report.html",
    };

    [Fact]
    public void In_junit_what_is_broken_is_a_failure_and_what_is_undecided_an_error()
    {
        var root = XDocument.Parse(Text(
            stream => JUnitReport.Write(stream, [s_mixed], TimeSpan.FromSeconds(1.5)))).Root!;

        Assert.Equal(
            "tests=3 failures=1 errors=1",
            string.Join(' ', root.Attributes().Skip(1).Take(3).Select(one => $"{one.Name}={one.Value}")));
        Assert.Equal("1.5", root.Attribute("time")!.Value);
        var cases = root.Descendants("testcase").ToList();
        Assert.Equal(
            ["total-conserved", "no-overdraft", "linearizable"],
            cases.Select(one => one.Attribute("name")!.Value));
        Assert.Empty(cases[0].Elements());
        Assert.Equal("account 6 | held <5>", cases[1].Element("failure")!.Attribute("message")!.Value);
        Assert.Contains("repeat: steelyard run bank --seed 0x1", cases[1].Value, StringComparison.Ordinal);
        Assert.NotNull(cases[2].Element("error"));
    }

    [Fact]
    public void In_sarif_stands_what_did_not_hold_with_its_rule_and_its_file()
    {
        using var sarif = JsonDocument.Parse(Text(stream => SarifReport.Write(stream, [s_mixed])));

        var run = sarif.RootElement.GetProperty("runs")[0];
        Assert.Equal(
            ["no-overdraft error", "linearizable warning"],
            run.GetProperty("results").EnumerateArray().Select(
                one => $"{one.GetProperty("ruleId")} {one.GetProperty("level")}"));
        Assert.Equal(
            "runs/bank%200x1/report.html",
            run.GetProperty("results")[0].GetProperty("locations")[0].GetProperty("physicalLocation")
                .GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal(
            ["total-conserved", "no-overdraft", "linearizable"],
            run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray()
                .Select(rule => rule.GetProperty("id").GetString()!));
    }

    [Fact]
    public void In_markdown_what_did_not_hold_comes_first_and_its_signs_are_plain()
    {
        var rows = MarkdownReport.Write([s_mixed]).Split('\n');

        Assert.Equal("### ❌ bank, seed 0x1", rows[0]);
        Assert.Equal("| ❌ | no-overdraft | account 6 \\| held \\<5> |", rows[4]);
        Assert.StartsWith("| ❔ | linearizable |", rows[5], StringComparison.Ordinal);
        Assert.StartsWith("| ✅ | total-conserved |", rows[6], StringComparison.Ordinal);
        Assert.Contains("steelyard run bank --seed 0x1", rows);
    }

    [Fact]
    public void Of_many_seeds_markdown_lists_those_that_did_not_hold()
    {
        var suite = new PipelineSuite("bank, seeds 1..100", [.. Enumerable.Range(1, 100).Select(
            seed => Case($"seed {seed}", seed == 42 ? Validity.Invalid : Validity.Valid, "told"))]);

        var text = MarkdownReport.Write([suite]);

        Assert.Contains("seed 42", text, StringComparison.Ordinal);
        Assert.DoesNotContain("seed 41", text, StringComparison.Ordinal);
        Assert.Contains("… and 99 more.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_suite_of_nothing_is_undecided() =>
        Assert.Equal(Validity.Unknown, new PipelineSuite("x", []).Validity);

    static PipelineCase Case(string name, Validity validity, string told) =>
        new(name, validity, told) { Rule = name };

    static string Text(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
