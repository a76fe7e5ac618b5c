package app

import (
	"context"
	"fmt"

	"doingoai/app/outlet"
	"doingoai/app/release"
	"doingoai/app/section"
	"doingoai/content"
)

// site is what the setup made: identifiers by the codes of content/setup.
type site struct {
	agencies, outlets, sections map[string]string
}

// setUp gives a new installation what content/setup describes.
func (n *newsroomSide) setUp(ctx context.Context) error {
	world, err := content.Load(content.FS)
	if err != nil {
		return err
	}
	if _, err := n.ensureSite(ctx, world); err != nil {
		return err
	}
	if _, err := n.Places.Import(ctx, system(), world.Places); err != nil {
		return fmt.Errorf("places: %w", err)
	}
	return nil
}

// ensureSite gives a new installation the agencies, outlets and sections of
// content/setup. What exists already, and may have been renamed since, is
// left as it is.
func (n *newsroomSide) ensureSite(ctx context.Context, world *content.World) (site, error) {
	s := site{map[string]string{}, map[string]string{}, map[string]string{}}
	for _, a := range world.Agencies {
		id, err := n.Agencies.Ensure(ctx, system(), a.Code, a.Names)
		if err != nil {
			return s, fmt.Errorf("agency %s: %w", a.Code, err)
		}
		s.agencies[a.Code] = id
	}
	for _, sec := range world.Sections {
		names := map[string]section.Name{}
		for lang, name := range sec.Names {
			names[lang] = section.Name{Name: name, Slug: sec.Slugs[lang], Description: sec.Descriptions[lang]}
		}
		id, err := n.Sections.Ensure(ctx, system(), section.Section{
			Code: sec.Code, ParentCode: sec.Parent, Position: sec.Position, Names: names,
		})
		if err != nil {
			return s, fmt.Errorf("section %s: %w", sec.Code, err)
		}
		s.sections[sec.Code] = id
	}
	for _, o := range world.Outlets {
		texts := map[string]release.OutletText{}
		for lang, name := range o.Names {
			identity := o.Identity[lang]
			texts[lang] = release.OutletText{
				Name: name, Tagline: o.Taglines[lang], Unit: identity.Unit, Responsible: identity.Responsible,
				Address: identity.Address, Phone: identity.Phone, Email: identity.Email, Licence: identity.Licence,
			}
		}
		id, err := n.Outlets.Ensure(ctx, system(), outlet.Outlet{
			Code: o.Code, Agency: s.agencies[o.Agency], Theme: o.Theme, Hosts: o.Hosts,
			Languages: o.Languages, Default: o.Default, Texts: texts,
		})
		if err != nil {
			return s, fmt.Errorf("outlet %s: %w", o.Code, err)
		}
		s.outlets[o.Code] = id
	}
	return s, nil
}
