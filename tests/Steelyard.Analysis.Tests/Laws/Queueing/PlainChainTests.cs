using Steelyard.Analysis.Laws.Queueing;

namespace Steelyard.Analysis.Tests.Laws.Queueing;

/// <summary>Closed forms against the chains that they are the solutions of, added up state by state, for
/// parameters that no table has.</summary>
public class PlainChainTests
{
    [Fact]
    public void Several_servers_and_one_queue_are_their_chain()
    {
        var random = new Random(1);
        for (var one = 0; one < 60; one++)
        {
            var (servers, service) = (1 + random.Next(40), 0.001 + random.NextDouble());
            var load = 0.05 + (0.9 * random.NextDouble());
            var arrivals = load * servers / service;
            var chain = Chain(20_000, _ => arrivals, there => Math.Min(there, servers) / service);
            var queue = new MultiServerQueue(servers, arrivals, service);

            var waits = chain.Skip(servers).Sum();
            var number = chain.Index().Sum(state => state.Index * state.Item);
            Near(waits, queue.WaitProbability);
            Near(number, queue.MeanNumber);
            Near(number / arrivals, queue.MeanResponseSeconds);
            Near(number - (load * servers), queue.MeanQueueLength);
        }
    }

    [Fact]
    public void Servers_without_a_queue_are_their_chain_and_carry_what_they_do_not_turn_away()
    {
        var random = new Random(2);
        for (var one = 0; one < 60; one++)
        {
            var (servers, offered) = (1 + random.Next(200), 200 * random.NextDouble());
            var chain = Chain(servers, _ => offered, there => there);

            Near(chain[servers], MultiServerQueue.ErlangB(servers, offered));
            Near(
                chain.Index().Sum(state => state.Index * state.Item),
                MultiServerQueue.Carried(servers, offered));
        }

        Assert.Equal(7, MultiServerQueue.Carried(7, 1e300), 1e-9);
        Assert.Equal(1e-300, MultiServerQueue.Carried(7, 1e-300), 1e-310);
    }

    [Fact]
    public void A_queue_with_an_end_is_its_chain()
    {
        var random = new Random(3);
        for (var one = 0; one < 60; one++)
        {
            var (room, service, load) =
                (1 + random.Next(150), 0.001 + random.NextDouble(), 2.5 * random.NextDouble());
            var arrivals = load / service;
            var chain = Chain(room, _ => arrivals, _ => 1 / service);
            var queue = new BoundedQueue(room, arrivals, service);

            Near(chain[room], queue.BlockingProbability);
            Near(1 - chain[0], queue.Utilisation);
            Near((1 - chain[0]) / service, queue.Throughput);
            Near(chain.Index().Sum(state => state.Index * state.Item), queue.MeanNumber);
        }
    }

    [Fact]
    public void A_queue_with_an_end_keeps_its_digits_where_nearly_nothing_or_far_too_much_comes()
    {
        Assert.Equal(10, new BoundedQueue(100_000, 1e300, 0.1).Throughput, 1e-9);
        Assert.Equal(1e-9, new BoundedQueue(100_000, 1e-9, 0.1).Throughput, 1e-18);
        Assert.Equal(50_000, new BoundedQueue(100_000, 10, 0.1).MeanNumber, 1e-6);
    }

    [Fact]
    public void Users_who_think_are_their_chain()
    {
        var random = new Random(4);
        for (var one = 0; one < 60; one++)
        {
            var (users, servers) = (1 + random.Next(120), 1 + random.Next(8));
            var (think, service) = (0.01 + (5 * random.NextDouble()), 0.001 + random.NextDouble());
            var chain = Chain(
                users, there => (users - there) / think, there => Math.Min(there, servers) / service);
            var closed = new ClosedQueue(users, servers, think, service);

            Near(chain.Index().Sum(state => Math.Min(state.Index, servers) * state.Item) / service,
                closed.Throughput);
            Near(chain.Index().Sum(state => state.Index * state.Item), closed.MeanNumber);
        }
    }

    [Fact]
    public void The_shortest_of_d_queues_is_the_sum_of_its_tails()
    {
        foreach (var choices in new[] { 1, 2, 3, 4, 5, 7, 10 })
            foreach (var load in new[] { 0.1, 0.5, 0.7, 0.9, 0.99 })
            {
                var model = new PowerOfChoices(choices, load);
                // Little's law: how many there are of each server over how many come.
                Near(
                    Enumerable.Range(1, 5_000).Select(model.AtLeast).TakeWhile(share => share > 1e-18).Sum()
                        / load,
                    model.MeanResponse);
            }
    }

    // The stationary distribution of a birth-death chain. Logarithms, since the terms span many powers.
    static double[] Chain(int most, Func<int, double> birth, Func<int, double> death)
    {
        var logs = new double[most + 1];
        for (var there = 0; there < most; there++)
            logs[there + 1] = logs[there] + Math.Log(birth(there)) - Math.Log(death(there + 1));
        var largest = logs.Max();
        var weights = logs.Select(log => Math.Exp(log - largest)).ToArray();
        var total = weights.Sum();
        return [.. weights.Select(weight => weight / total)];
    }

    static void Near(double expected, double found) => Assert.True(
        Math.Abs(expected - found) <= 1e-8 * Math.Max(1e-4, Math.Abs(expected)),
        $"expected {expected:R}, found {found:R}");
}
