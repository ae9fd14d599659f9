using Steelyard.Services.Designs.Idempotency;

namespace Steelyard.Services.Designs.Tests.Idempotency;

public sealed class ConformanceCaseTests
{
    [Fact]
    public void Cases_are_numbered_from_one_and_say_what_they_expect_and_why()
    {
        Assert.Equal(Enumerable.Range(1, 27), ConformanceCase.All.Select(one => one.Id));
        Assert.All(ConformanceCase.All, one => Assert.All(
            [one.Name, one.Stimulus, one.Expected, one.Force, one.Source],
            text => Assert.False(string.IsNullOrWhiteSpace(text))));
    }

    [Fact]
    public void A_must_and_what_money_depends_on_bind()
    {
        Assert.True(ConformanceCase.All.Single(one => one.Id == 7).IsBinding);
        Assert.True(ConformanceCase.All.Single(one => one.Id == 17).IsBinding);
        Assert.False(ConformanceCase.All.Single(one => one.Id == 6).IsBinding);
    }

    [Fact]
    public void Number_name_and_force_are_those_of_the_table_they_were_taken_from()
    {
        if (Table() is not { } table)
            return;
        var rows = File.ReadLines(table).Skip(1).Where(line => line.Length > 0)
            .Select(line => line.Split('\t')).Select(fields => $"{fields[0]} {fields[1]}: {fields[4]}");

        Assert.Equal(rows, ConformanceCase.All.Select(one => $"{one.Id} {one.Name}: {one.Force}"));
    }

    // Beside the clone, where somebody has it.
    static string? Table()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Steelyard.slnx")))
            {
                var table = Path.Combine(at.FullName, "..", "shared", "truths", "idempotency.tsv");
                return File.Exists(table) ? table : null;
            }

        return null;
    }
}
