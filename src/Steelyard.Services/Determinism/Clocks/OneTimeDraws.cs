using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Steelyard.Services.Determinism.Clocks;

/// <summary>What .NET keeps of random bytes in statics: drawn by the first run of a process and by no later
/// one, it would make the two differ.</summary>
internal static class OneTimeDraws
{
    // Of the worker; traces get their numbers from it.
    static readonly FieldInfo? s_traces = typeof(Activity).Assembly
        .GetType("System.Diagnostics.RandomNumberGenerator")
        ?.GetField("t_random", BindingFlags.Static | BindingFlags.NonPublic);

    /// <summary>Draws before any run what is drawn once.</summary>
    public static void Make()
    {
        foreach (var type in new[]
        {
            typeof(Activity), typeof(TypeDescriptor),
            typeof(TypeDescriptor).Assembly.GetType("System.ComponentModel.ReflectTypeDescriptionProvider"),
        })
            if (type is not null)
                RuntimeHelpers.RunClassConstructor(type.TypeHandle);
    }

    /// <summary>A run begins, on this thread: what goes on from draw to draw is drawn anew in it.</summary>
    public static void Forget() => s_traces?.SetValue(null, null);
}
