using System.Globalization;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Designs.Payments;

/// <summary>
/// Payments, each with a key of its own. At the end the last client asks once more for those that were never
/// answered, since after the heal nothing may keep them from an answer, and then it reads the ledger.
/// </summary>
/// <param name="clients">How many clients there are.</param>
internal sealed class PaymentsWorkload(int clients) : IWorkload
{
    /// <summary>The function: one payment.</summary>
    public const string Pay = "pay";

    const int LeastCents = 100;
    const int MostCents = 2_000;

    readonly List<Invocation> _unanswered = [];
    int _payments;

    /// <inheritdoc/>
    public Invocation Next(in Turn turn)
    {
        var id = "p" + (++_payments).ToString(CultureInfo.InvariantCulture);
        return new(Pay, Value.Nil, Value.Map(
            ("id", id), ("from", 1 + turn.Random.Next(Ledger.Accounts)), ("to", 0),
            ("amount", turn.Random.Next(LeastCents, MostCents + 1))));
    }

    /// <inheritdoc/>
    public IEnumerable<Invocation> FinalReads(Turn turn)
    {
        if (turn.Client != clients - 1)
            yield break;
        foreach (var payment in _unanswered.ToList())
            yield return payment;
        yield return new(Functions.ReplicaState, "ledger", Value.Nil);
    }

    /// <summary>A client was never answered.</summary>
    public void NoteUnanswered(Invocation payment) => _unanswered.Add(payment);
}
