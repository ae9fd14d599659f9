namespace System.Runtime.CompilerServices;

/// <summary>What the compiler asks for where a property is set at birth only; netstandard2.0 lacks
/// it.</summary>
internal static class IsExternalInit;
