using System.Globalization;
using Steelyard.Histories;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Payments.Tests;

/// <summary>Payments, and at the end a look at the ledger.</summary>
public sealed class PaymentsWorkload : IWorkload
{
    int _last;

    /// <summary>Clients that send a payment again, under the same key, until it is answered.</summary>
    public static ServicesLoad Retrying(int clients) => new(
        () => new PaymentsWorkload(), (world, hosts) => new RetryingClient(world, hosts))
    {
        Clients = clients,
        RatePerSecond = 50,
        Duration = TimeSpan.FromSeconds(10),
    };

    public Invocation Next(in Turn turn) => new(
        "pay", Value.Nil, Value.Map(
            ("id", "p" + (++_last).ToString(CultureInfo.InvariantCulture)),
            ("cents", turn.Random.Next(100, 2_000))));

    public IEnumerable<Invocation> FinalReads(Turn turn) =>
        turn.Client == 0 ? [new(Functions.ReplicaState, "ledger", Value.Nil)] : [];
}
