using Steelyard.Histories;

namespace Steelyard.Formats.Tests.Rows;

/// <summary>What the times say, and no more, is the order of events.</summary>
public class IntervalOrderTests
{
    [Fact]
    public void Operations_that_touch_are_concurrent_unless_they_are_of_one_process()
    {
        var history = RowFiles.Read(
            RowFiles.Columns + "a,0,5,write,x,1,,ok\nb,5,9,read,x,,,ok\na,9,9,read,x,,,ok\n").History;

        Assert.True(history[1].InvokedAt < history[0].CompletedAt);
        Assert.True(history[2].InvokedAt < history[1].CompletedAt);
        var own = RowFiles.Read(RowFiles.Columns + "a,0,5,write,x,1,,ok\na,5,9,read,x,,,ok\n");
        Assert.True(own.History[0].CompletedAt < own.History[1].InvokedAt);
        Assert.Equal(own.History[0].Process, own.History[1].Process);
        Assert.Null(own.Warning);
    }

    [Fact]
    public void What_overlaps_in_one_process_is_of_other_processes_and_told()
    {
        var read = RowFiles.Read(RowFiles.Columns
            + "pool,0,9,write,x,1,,ok\npool,3,5,write,x,2,,ok\npool,6,8,read,x,,2,ok\n7,1,2,read,x,,,ok\n");

        Assert.Equal([8, 7, 9, 9], read.History.Operations.Select(one => one.Process));
        Assert.Equal(
            "operations overlap in one process 2 times (first: line 3, pool); each such one is judged as of"
            + " another process",
            read.Warning);
    }

    [Fact]
    public void Without_a_process_every_operation_is_its_own()
    {
        var map = OperationMap.Parse("start=start,end=end,function=function,input=input");

        var read = RowFiles.Read("start,end,function,input\n1,2,write,1\n3,4,write,2\n5,6,write,3\n", map);

        Assert.Equal([0, 1, 2], read.History.Operations.Select(one => one.Process));
        Assert.Null(read.Warning);
    }

    [Fact]
    public void Random_times_order_operations_exactly_as_they_say()
    {
        for (var seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            var rows = Enumerable.Range(0, random.Next(1, 12)).Select(number =>
                RandomRow(random, number)).ToList();
            var history = RowFiles.Read(RowFiles.Columns + string.Concat(rows.Select(row =>
                row.Text))).History;
            foreach (var before in history.Operations)
                foreach (var after in history.Operations)
                    Compare(seed, before, after, rows);
        }
    }

    static void Compare(int seed, Operation before, Operation after, List<Row> rows)
    {
        var (one, other) = (rows[(int)before.Input.AsInteger], rows[(int)after.Input.AsInteger]);
        var isBefore = before.Outcome is Outcome.Ok or Outcome.Fail && before.CompletedAt < after.InvokedAt;
        if (one.End < other.Start && one.Word is "ok" or "fail")
            Assert.True(isBefore, $"seed {seed}: {before} must be before {after}");
        if (isBefore)
            Assert.True(
                one.End < other.Start || (one.End == other.Start && one.Process == other.Process),
                $"seed {seed}: nothing says that {before} is before {after}");
        if (before.Process == after.Process)
            Assert.Equal(one.Process, other.Process);
    }

    static Row RandomRow(Random random, int number)
    {
        var start = random.Next(8);
        var end = start + random.Next(4);
        var process = "abc"[random.Next(3)];
        var word = new[] { "ok", "ok", "ok", "fail", "info" }[random.Next(5)];
        return new(process, start, end, word, $"{process},{start},{end},write,x,{number},,{word}\n");
    }

    sealed record Row(char Process, int Start, int End, string Word, string Text);
}
