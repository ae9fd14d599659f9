using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Linearizability;

/// <summary>
/// Small histories of clients that run a specification for real: each operation takes effect at a random
/// instant while open. Crashes lose the answer, failures change nothing, and a mutation may falsify an answer
/// afterwards.
/// </summary>
internal sealed class RandomHistories(int seed)
{
    readonly Random _random = new(seed);

    /// <summary>How many operations at most.</summary>
    public int MaximumOperations { get; init; } = 7;

    /// <summary>How many clients at most.</summary>
    public int MaximumClients { get; init; } = 4;

    /// <summary>One in how many answers is falsified; 0 is none.</summary>
    public int MutateOneIn { get; init; } = 4;

    /// <summary>The source of chance, for asking what comes next.</summary>
    public Random Random => _random;

    /// <summary>The process that asks or is answered just now.</summary>
    public int Asking { get; private set; }

    /// <summary>Makes one.</summary>
    /// <param name="ask">A new invocation.</param>
    /// <param name="apply">Runs one for real: its answer, and false when it answers with a Fail.</param>
    /// <param name="falsify">Another answer to the same question.</param>
    public History Next(
        Func<(string Function, Value Key, Value Input)> ask,
        Func<string, Value, Value, (bool Ok, Value Output)> apply,
        Func<string, Value, Value> falsify)
    {
        var builder = new HistoryBuilder();
        var (left, process) = (_random.Next(1, MaximumOperations + 1), 100);
        var count = _random.Next(1, MaximumClients + 1);
        var clients = Enumerable.Range(0, count).Select(i => new Client(i)).ToArray();
        while (left > 0 || clients.Any(c => c.Operation is not null))
        {
            var client = clients[_random.Next(clients.Length)];
            Asking = client.Process;
            if (client.Operation is null)
            {
                if (left-- > 0)
                    Invoke(builder, client, ask());
            }
            else if (client.Answer is null && _random.Next(12) != 0)
            {
                var answer = apply(client.Function, client.Key, client.Input);
                client.Answer = answer;
            }
            else
            {
                Complete(builder, client, falsify, ref process);
            }
        }

        return builder.Build();
    }

    static void Invoke(HistoryBuilder builder, Client client, (string Function, Value Key, Value Input) asked)
    {
        (client.Function, client.Key, client.Input) = asked;
        client.Operation = builder.Invoke(client.Process, client.Function, client.Key, client.Input);
    }

    // Completed without effect: a refusal, a crash or nothing ever. With effect: the answer, or a crash, or
    // nothing ever.
    void Complete(HistoryBuilder builder, Client client, Func<string, Value, Value> falsify, ref int process)
    {
        var operation = client.Operation!.Value;
        var fate = _random.Next(8);
        if (client.Answer is null && fate < 4)
            builder.Complete(operation, Outcome.Fail, Value.Nil, error: "refused");
        else if (client.Answer is null || fate == 0)
            Crash(builder, client, operation, ref process);
        else
            Answer(builder, operation, client, falsify);
        client.Operation = null;
        client.Answer = null;
    }

    void Crash(HistoryBuilder builder, Client client, int operation, ref int process)
    {
        if (_random.Next(2) == 0)
            builder.Complete(operation, Outcome.Info, Value.Nil, error: "timeout");
        client.Process = process++;
    }

    void Answer(HistoryBuilder builder, int operation, Client client, Func<string, Value, Value> falsify)
    {
        var (ok, output) = client.Answer!.Value;
        if (MutateOneIn > 0 && _random.Next(MutateOneIn) == 0)
            output = falsify(client.Function, output);
        builder.Complete(operation, ok ? Outcome.Ok : Outcome.Fail, output);
    }

    sealed class Client(int process)
    {
        public int Process { get; set; } = process;

        public int? Operation { get; set; }

        public string Function { get; set; } = "";

        public Value Key { get; set; }

        public Value Input { get; set; }

        public (bool Ok, Value Output)? Answer { get; set; }
    }
}
