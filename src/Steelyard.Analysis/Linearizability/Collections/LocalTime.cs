using Steelyard.Analysis.Models;
using Steelyard.Histories;

namespace Steelyard.Analysis.Linearizability.Collections;

/// <summary>The invocations and returns of some operations, numbered in their order from 0, so that a part of
/// a history costs what the part is long.</summary>
internal sealed class LocalTime
{
    /// <summary>The return of an operation of unknown outcome.</summary>
    public const int Never = int.MaxValue;

    public LocalTime(Model model, History history, List<int> part)
    {
        InvokedAt = new int[part.Count];
        ReturnedAt = new int[part.Count];
        Array.Fill(ReturnedAt, Never);
        var returns = new int[part.Count];
        var places = new int[part.Count];
        var count = 0;
        for (var i = 0; i < part.Count; i++)
            if (model.RoleOf(history[part[i]]) == OperationRole.Required)
                (returns[count], places[count++]) = (history[part[i]].CompletedAt, i);
        Array.Sort(returns, places, 0, count);
        var next = 0;
        for (var i = 0; i < part.Count; i++)
        {
            for (var at = history[part[i]].InvokedAt; next < count && returns[next] < at; next++)
                ReturnedAt[places[next]] = Events++;
            InvokedAt[i] = Events++;
        }

        for (; next < count; next++)
            ReturnedAt[places[next]] = Events++;
    }

    /// <summary>How many events.</summary>
    public int Events { get; private set; }

    /// <summary>The invocation of each operation.</summary>
    public int[] InvokedAt { get; }

    /// <summary>The return of each operation, or <see cref="Never"/>.</summary>
    public int[] ReturnedAt { get; }
}
