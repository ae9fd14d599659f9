using Steelyard.Designs.Architecture.Faults;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Architecture.Running;

/// <summary>What is wrong with an instance while a fault lasts: it is slower, or refuses.</summary>
internal sealed class Trouble
{
    readonly List<EffectMark> _refusals = [];
    readonly List<EffectMark> _slow = [];

    /// <summary>Whether it refuses whatever it is asked; whoever asks sees the fault's effect.</summary>
    public bool Refuses
    {
        get
        {
            _refusals.ForEach(static refusal => refusal.Set());
            return _refusals.Count > 0;
        }
    }

    /// <summary>How much longer its work takes: 1 is as ever.</summary>
    public double Slowness
    {
        get
        {
            _slow.ForEach(static slow => slow.Set());
            return field;
        }

        private set;
    } = 1;

    /// <summary>Begins one.</summary>
    /// <returns>What ends it; null where it is none of these.</returns>
    public Action? Begin(string how, double by, EffectMark effect)
    {
        switch (how)
        {
            case DegradeFault.Refuse:
                _refusals.Add(effect);
                return () => _refusals.Remove(effect);
            case DegradeFault.Slow:
                Slowness *= by;
                _slow.Add(effect);
                return () =>
                {
                    Slowness /= by;
                    _slow.Remove(effect);
                };
            default:
                return null;
        }
    }
}
