using Steelyard.Histories;
using Steelyard.Services.Clients;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Tests.Networking;

/// <summary>Things to ask a host, one after the other, each with the answer that is right.</summary>
/// <param name="host">The host.</param>
/// <param name="all">Paths and right answers.</param>
internal sealed class StatedCases(string host, params IReadOnlyList<(string Path, string Answer)> all)
    : IChecker
{
    const string Rest = "rest";

    /// <inheritdoc/>
    public string Name => "stated-answers";

    /// <summary>One client that asks them.</summary>
    public ServicesLoad Load => new(
        () => new Asked(all), (client, hosts) => new Client(client, hosts, host))
    {
        Clients = 1, RatePerSecond = 10, Duration = TimeSpan.FromSeconds(300),
    };

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var asked = history.Operations.Where(operation => operation.Function != Rest).ToList();
        var wrong = asked.Where(operation => operation.Output != operation.Input)
            .Select(operation => new Anomaly("wrong-answer", operation.ToString(), [operation.Index]))
            .ToList();
        if (asked.Count != all.Count)
            wrong.Add(new("not-asked", $"{asked.Count} of {all.Count} were asked", []));
        return wrong.Count > 0 ? Verdict.Broken(Name, wrong) : Verdict.Holds(Name, "all answers are right");
    }

    sealed class Asked(IReadOnlyList<(string Path, string Answer)> all) : IWorkload
    {
        int _next;

        public Invocation Next(in Turn turn)
        {
            if (_next == all.Count)
                return new(Rest, Value.Nil, Value.Nil);
            var (path, answer) = all[_next++];
            return new("ask", path, answer);
        }

        public IEnumerable<Invocation> FinalReads(Turn turn) => [];
    }

    sealed class Client(IClientWorld world, IReadOnlyList<string> hosts, string host)
        : HttpServiceClient(world, hosts)
    {
        public override async ValueTask<Completion> Invoke(Invocation invocation) =>
            invocation.Function == Rest
                ? Completion.Ok(Value.Nil)
                : Completion.Ok(await Http.GetStringAsync($"http://{host}/{invocation.Key.AsText}"));
    }
}
