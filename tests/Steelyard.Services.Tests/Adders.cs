using System.Globalization;
using Steelyard.Histories;
using Steelyard.Services.Clients;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Tests;

/// <summary>Clients that add one to a counter, and ask for the total, of hosts that have <c>/add</c> and
/// <c>/total</c>.</summary>
internal static class Adders
{
    /// <summary>Such clients, each of which asks one of the hosts.</summary>
    public static ServicesLoad Load(params IReadOnlyList<string> adders) =>
        new(() => new Adding(), (client, hosts) => new Asking(client, hosts, adders));

    sealed class Adding : IWorkload
    {
        public Invocation Next(in Turn turn) => turn.Random.Chance(0.8) ? new("add", Value.Nil, 1) : Read;

        public IEnumerable<Invocation> FinalReads(Turn turn) => [Read];

        static Invocation Read => new(Functions.Read, Value.Nil, Value.Nil);
    }

    sealed class Asking(IClientWorld world, IReadOnlyList<string> hosts, IReadOnlyList<string> adders)
        : HttpServiceClient(world, hosts)
    {
        public override async ValueTask<Completion> Invoke(Invocation invocation)
        {
            using var limit = After(TimeSpan.FromSeconds(2));
            var host = adders[World.Process % adders.Count];
            try
            {
                if (invocation.Function == Functions.Read)
                {
                    var total = await Http.GetStringAsync($"http://{host}/total", limit.Token);
                    return Completion.Ok(long.Parse(total, CultureInfo.InvariantCulture));
                }

                using var answer = await Http.PostAsync($"http://{host}/add", null, limit.Token);
                return answer.IsSuccessStatusCode ? Completion.Ok(Value.Nil) : Completion.Info("refused");
            }
            catch (Exception failure) when (failure is OperationCanceledException or HttpRequestException)
            {
                return Completion.Info("no answer");
            }
        }
    }
}
