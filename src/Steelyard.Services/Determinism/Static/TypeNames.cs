using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Steelyard.Services.Determinism.Static;

/// <summary>Types of signatures by their full names; of a generic one, also its arguments.</summary>
internal sealed class TypeNames : ISignatureTypeProvider<TypeName, object?>
{
    public static TypeNames Instance { get; } = new();

    public TypeName GetTypeFromReference(
        MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeReference(handle);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? new($"{GetTypeFromReference(reader, (TypeReferenceHandle)type.ResolutionScope, 0).Name}+"
                + reader.GetString(type.Name))
            : new(Full(reader, type.Namespace, type.Name));
    }

    public TypeName GetTypeFromDefinition(
        MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer
            ? new($"{GetTypeFromDefinition(reader, outer, 0).Name}+{reader.GetString(type.Name)}")
            : new(Full(reader, type.Namespace, type.Name));
    }

    public TypeName GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public TypeName GetGenericInstantiation(TypeName genericType, ImmutableArray<TypeName> typeArguments) =>
        genericType with { Arguments = [.. typeArguments.Select(argument => argument.Name)] };

    public TypeName GetPrimitiveType(PrimitiveTypeCode typeCode) => new($"System.{typeCode}");

    public TypeName GetArrayType(TypeName elementType, ArrayShape shape) => new($"{elementType.Name}[]");

    public TypeName GetSZArrayType(TypeName elementType) => new($"{elementType.Name}[]");

    public TypeName GetByReferenceType(TypeName elementType) => new($"{elementType.Name}&");

    public TypeName GetPointerType(TypeName elementType) => new($"{elementType.Name}*");

    public TypeName GetPinnedType(TypeName elementType) => elementType;

    public TypeName GetFunctionPointerType(MethodSignature<TypeName> signature) => new("delegate*");

    public TypeName GetGenericMethodParameter(object? genericContext, int index) => new($"!!{index}");

    public TypeName GetGenericTypeParameter(object? genericContext, int index) => new($"!{index}");

    public TypeName GetModifiedType(TypeName modifier, TypeName unmodifiedType, bool isRequired) =>
        unmodifiedType;

    static string Full(MetadataReader reader, StringHandle space, StringHandle name) =>
        space.IsNil ? reader.GetString(name) : $"{reader.GetString(space)}.{reader.GetString(name)}";
}

/// <summary>A type by its name in metadata.</summary>
/// <param name="Name">In full, without type arguments.</param>
internal sealed record TypeName(string Name)
{
    /// <summary>Its type arguments, by name.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];
}
