using System.Globalization;
using Steelyard.Analysis.Models.Etcd;
using Steelyard.Histories;

namespace Steelyard.Analysis.Models.Words;

/// <summary>"process 1 was answered {revision: 3} by put of x, although in every order that fits so far the
/// store was at revision 4 before it, and x held 7".</summary>
internal sealed class EtcdWords : ModelWords<EtcdState>
{
    public override Contradiction Of(Operation operation, IReadOnlyList<EtcdState> states)
    {
        var key = operation.Key;
        var of = key.IsNil ? "" : $" of {Told(key)}";
        return new(
            $"{Who(operation)} was answered {Told(operation.Output)} by {operation.Function}{of}",
            "before it the store was at", states.Select(state => At(state, key)));
    }

    static string At(EtcdState state, Value key)
    {
        var revision = state.Revision.ToString(CultureInfo.InvariantCulture);
        return key.IsNil ? $"revision {revision}"
            : state.Has(key) ? $"revision {revision} with {Told(key)} = {Told(state.Of(key))}"
            : $"revision {revision} without {Told(key)}";
    }
}
