using Steelyard.Histories;
using Steelyard.Services.Clients;
using Steelyard.Services.Scenarios;
using Steelyard.Services.Stores;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Tests.Stores;

/// <summary>Clients of a store that read lists and append to them, a few at once.</summary>
public static class TransactionLoad
{
    public const string Store = "accounts";

    public static ServicesLoad Load { get; } = new(
        () => new Appends(), (world, hosts) => new Client(world, hosts))
    {
        Clients = 8,
        RatePerSecond = 40,
        Duration = TimeSpan.FromSeconds(12),
    };

    sealed class Appends : IWorkload
    {
        const int Keys = 6;

        int _last;

        public Invocation Next(in Turn turn)
        {
            var steps = new Value[turn.Random.Next(1, 4)];
            for (var i = 0; i < steps.Length; i++)
                steps[i] = turn.Random.Chance(0.5)
                    ? Value.List("r", $"k{turn.Random.Next(Keys)}", Value.Nil)
                    : Value.List("append", $"k{turn.Random.Next(Keys)}", ++_last);
            return new(Functions.Txn, Value.Nil, Value.List(steps));
        }

        public IEnumerable<Invocation> FinalReads(Turn turn) => Enumerable.Range(0, Keys).Select(key =>
            new Invocation(Functions.Txn, Value.Nil, Value.List(Value.List("r", $"k{key}", Value.Nil))));
    }

    sealed class Client(IClientWorld world, IReadOnlyList<string> hosts) : HttpServiceClient(world, hosts)
    {
        IWorldStore? _store;

        public override async ValueTask<Completion> Invoke(Invocation invocation)
        {
            using var limit = After(TimeSpan.FromSeconds(4));
            try
            {
                _store ??= Store(TransactionLoad.Store);
                await using var transaction = await _store.BeginAsync(cancellationToken: limit.Token);
                var done = new List<Value>();
                foreach (var step in invocation.Input.AsList.ToArray())
                    done.Add(await Do(transaction, step.AsList.ToArray(), limit.Token));
                await transaction.CommitAsync(limit.Token);
                return Completion.Ok(Value.List([.. done]));
            }
            catch (StoreException refused)
            {
                return refused.Error == StoreError.OutcomeUnknown
                    ? Completion.Info("unknown")
                    : Completion.Fail(refused.Error.ToString());
            }
            catch (OperationCanceledException)
            {
                return Completion.Info("no answer");
            }
        }

        static async Task<Value> Do(StoreTransaction transaction, Value[] step, CancellationToken limit)
        {
            var key = step[1].AsText;
            var present = await transaction.GetAsync(key, limit);
            if (step[0].AsText == "r")
                return Value.List("r", key, List(present));
            var written = step[2].ToString();
            await transaction.PutAsync(key, present is null ? written : $"{present},{written}", limit);
            return Value.List("append", key, step[2]);
        }

        static Value List(string? text) => text is null
            ? Value.Nil
            : Value.List([.. text.Split(',').Select(
                part => (Value)long.Parse(part, System.Globalization.CultureInfo.InvariantCulture))]);
    }
}
