using Steelyard.Analysis.Linearizability.Search;
using Steelyard.Analysis.Models;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Linearizability.Search;

public class LongestOrdersTests
{
    const int Histories = 400;

    [Fact]
    public void They_are_as_long_as_any_order_that_fits_and_each_of_them_fits()
    {
        var withoutOrder = 0;
        for (var seed = 0; seed < Histories; seed++)
        {
            var history = Random(seed);
            int[] all = [.. Enumerable.Range(0, history.Count)];

            var orders = LongestOrders.Of(KnownModels.Register(), history, [.. all], all);

            var longest = Longest(history, [], 0);
            withoutOrder += orders.Count > 0 ? 1 : 0;
            Assert.Equal(longest == history.Count, orders.Count == 0);
            Assert.All(orders, order =>
            {
                Assert.Equal(longest, order.Steps.Count);
                Assert.Equal(history.Count - longest, order.Refused.Count + order.Later);
                AssertFits(history, order);
            });
        }

        Assert.InRange(withoutOrder, Histories / 10, Histories - (Histories / 10));
    }

    [Fact]
    public void Of_many_operations_none_is_told()
    {
        var history = History.Parse(string.Concat(Enumerable.Range(0, 30).Select(i =>
            $"{i} invoke read\n{i} ok read 7\n")));

        List<int> all = [.. Enumerable.Range(0, 30)];
        Assert.Empty(LongestOrders.Of(KnownModels.Register(), history, all, all));
    }

    // Alone, "held 1" would contradict the failed cas; a write of another value lies between them. What
    // contradicts the others whatever it did is the read of 4.
    [Fact]
    public void What_others_may_have_done_stands_in_an_order_and_is_no_contradiction()
    {
        var history = History.Parse("""
            0 invoke write 1
            0 ok     write 1
            1 invoke write 2
            1 ok     write 2
            0 invoke cas [1, 3]
            0 fail   cas [1, 3]
            0 invoke read
            0 ok     read 4
            """);

        var order = Assert.Single(LongestOrders.Of(
            KnownModels.CasRegister(), history, [0, 1, 2, 3], [0, 2, 3]));

        Assert.Equal([(0, true), (1, false), (2, true)], order.Steps.Select(step =>
            (step.Operation, step.IsOfWitness)));
        var refused = Assert.Single(order.Refused);
        Assert.Equal((3, "the register held 2"), (refused.Operation, refused.Why));
    }

    // The first write of 2 is of the witness, another one is not; and a crashed write may be of it too.
    [Fact]
    public void An_operation_of_the_witness_is_none_of_the_others_whatever_is_like_it()
    {
        var history = History.Parse("""
            0 invoke write 2
            0 ok     write 2
            1 invoke write 2
            1 ok     write 2
            2 invoke write 1
            2 info   write 1
            0 invoke read
            0 ok     read 4
            """);

        foreach (int[] witness in (int[][])[[0, 3], [0, 2, 3], [1, 3]])
            foreach (var step in LongestOrders.Of(
                KnownModels.Register(), history, [0, 1, 2, 3], witness).SelectMany(order => order.Steps))
                Assert.Equal(witness.Contains(step.Operation), step.IsOfWitness);
    }

    static History Random(int seed)
    {
        var random = new Random(seed);
        var builder = new HistoryBuilder();
        var open = new List<(int Operation, bool IsRead)>();
        for (var invoked = 0; invoked < 5 || open.Count > 0;)
        {
            if (invoked < 5 && (open.Count == 0 || random.Next(2) == 0))
            {
                var isRead = random.Next(2) == 0;
                open.Add((builder.Invoke(invoked++, isRead ? Functions.Read : Functions.Write, Value.Nil,
                    isRead ? Value.Nil : random.Next(2)), isRead));
                continue;
            }

            var place = random.Next(open.Count);
            var (operation, wasRead) = open[place];
            open.RemoveAt(place);
            builder.Complete(operation, Outcome.Ok, wasRead ? random.Next(2) : Value.Nil);
        }

        return builder.Build();
    }

    // How many operations the longest order has that begins with these.
    static int Longest(History history, List<int> placed, int depth)
    {
        var best = depth;
        foreach (var next in history.Operations)
        {
            var isNew = !placed.Contains(next.Index);
            if (!isNew || !MayCome(history, placed, next) || !Fits(history, placed, next))
                continue;
            placed.Add(next.Index);
            best = Math.Max(best, Longest(history, placed, depth + 1));
            placed.RemoveAt(placed.Count - 1);
        }

        return best;
    }

    static bool MayCome(History history, List<int> placed, Operation next) => history.Operations.All(
        other => other.CompletedAt > next.InvokedAt || placed.Contains(other.Index));

    static bool Fits(History history, List<int> placed, Operation next) =>
        next.Function == Functions.Write || next.Output == Held(history, placed);

    static Value Held(History history, List<int> placed) => placed
        .Where(index => history[index].Function == Functions.Write)
        .Select(index => history[index].Input).LastOrDefault();

    static void AssertFits(History history, PartialOrder order)
    {
        var placed = new List<int>();
        foreach (var step in order.Steps)
        {
            Assert.True(MayCome(history, placed, history[step.Operation]));
            Assert.True(Fits(history, placed, history[step.Operation]));
            placed.Add(step.Operation);
            Assert.Equal(Held(history, placed).ToString(), step.State);
        }

        Assert.All(order.Refused, refused =>
            Assert.False(Fits(history, placed, history[refused.Operation])));
    }
}
